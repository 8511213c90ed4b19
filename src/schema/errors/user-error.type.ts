import { Field, Int, ObjectType } from 'type-graphql';
import type { UserFaultCode } from '../../services/user-fault.ts';
import { UserErrorCode } from '../enums.ts';

@ObjectType('UserError', {
  simpleResolvers: true,
  description:
    'Something that the caller can mend. Signing in, permissions, rate limits and faults of the server are never here: those are top-level errors with extensions.code (UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, CURSOR_EXPIRED, RATE_LIMITED with retryAfterSeconds, SERVICE_UNAVAILABLE, INTERNAL_SERVER_ERROR) and extensions.traceId.',
})
export class UserErrorType {
  @Field(() => [String], {
    nullable: true,
    description: 'Path of the input at fault, e.g. ["input", "scenes", "0", "narration"]; null where no single one is.',
  })
  declare readonly field: readonly string[] | null;

  @Field(() => String, { description: 'A sentence for a person.' })
  declare readonly message: string;

  @Field(() => UserErrorCode, { description: 'The same for a program.' })
  declare readonly code: UserFaultCode;

  @Field(() => Int, {
    nullable: true,
    description:
      'Seconds after which the same input may succeed: until the account is open again (ACCOUNT_LOCKED), or until the quota is reset (QUOTA_EXCEEDED). Null elsewhere.',
  })
  declare readonly retryAfterSeconds: number | null;
}
