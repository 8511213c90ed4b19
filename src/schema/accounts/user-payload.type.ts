import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { UserType } from './user.type.ts';

@ObjectType('UserPayload', { description: 'A user after the change.', simpleResolvers: true })
export class UserPayloadType {
  @Field(() => UserType, { nullable: true, description: 'The user; null on failure.' })
  declare readonly user: UserType | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}
