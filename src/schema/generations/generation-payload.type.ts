import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { AiGenerationType } from './generation.type.ts';

@ObjectType('GenerationPayload', { description: 'A content that was ordered.', simpleResolvers: true })
export class GenerationPayloadType {
  @Field(() => AiGenerationType, { nullable: true, description: 'It, as it is now; null on failure.' })
  declare readonly generation: AiGenerationType | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}
