import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.ts';

@ObjectType('ProviderError', { description: 'A call to a provider that failed.', simpleResolvers: true })
export class ProviderErrorType {
  @Field(() => String, { description: 'For a program, e.g. "LOCAL_TIMEOUT".' })
  declare readonly code: string;

  @Field(() => String, { description: 'For a person.' })
  declare readonly message: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  declare readonly at: Date;
}
