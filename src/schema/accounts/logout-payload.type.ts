import { Field, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';

@ObjectType('LogoutPayload', { description: 'What signing out ended.', simpleResolvers: true })
export class LogoutPayloadType {
  @Field(() => Int, { description: 'How many sessions were ended.' })
  declare readonly ended: number;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}
