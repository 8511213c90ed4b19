import { Field, Int, ObjectType } from 'type-graphql';
import type { UserFaultCode } from '../../services/user-fault.ts';
import { UserErrorCode } from '../enums.ts';

@ObjectType('UserError', {
  simpleResolvers: true,
  description:
    'An error that the caller can correct. Signing in, permissions, rate limits and faults of the server are never here: those are top-level errors with extensions.code (UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, CURSOR_EXPIRED, RATE_LIMITED with retryAfterSeconds, SERVICE_UNAVAILABLE, INTERNAL_SERVER_ERROR) and extensions.traceId.',
})
export class UserErrorType {
  @Field(() => [String], {
    nullable: true,
    description:
      'Path of the wrong input, e.g. ["input", "scenes", "0", "narration"]; null where it is not a single one.',
  })
  declare readonly field: readonly string[] | null;

  @Field(() => String, { description: 'The message, for people.' })
  declare readonly message: string;

  @Field(() => UserErrorCode, { description: 'The code, for programs.' })
  declare readonly code: UserFaultCode;

  @Field(() => Int, {
    nullable: true,
    description:
      'Seconds after which the same input may succeed: until the account is open again (ACCOUNT_LOCKED), or until the quota is reset (QUOTA_EXCEEDED). Null elsewhere.',
  })
  declare readonly retryAfterSeconds: number | null;
}
