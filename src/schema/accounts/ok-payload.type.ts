import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';

@ObjectType('OkPayload', {
  description: 'The result of a mutation that has nothing else to return.',
  simpleResolvers: true,
})
export class OkPayloadType {
  @Field(() => Boolean, { description: 'Whether it was done.' })
  declare readonly ok: boolean;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}
