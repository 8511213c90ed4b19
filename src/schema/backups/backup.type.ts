import { Field, ID, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { NodeType } from '../node.type.ts';
import { BigIntString, DateTime } from '../scalars.ts';

@ObjectType('Backup', {
  description: 'A copy of the database and of the files, in one archive.',
  implements: NodeType,
  simpleResolvers: true,
})
export class BackupType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;

  @Field(() => DateTime, { description: 'When it began.' })
  declare readonly startedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ended, with or without success; null while it runs.' })
  declare readonly completedAt: Date | null;

  @Field(() => BigIntString, { nullable: true, description: 'Bytes of the archive; null before it is complete.' })
  declare readonly size: number | null;

  @Field(() => String, { nullable: true, description: 'Path of the archive; null before it is complete.' })
  declare readonly location: string | null;

  @Field(() => Boolean, { description: 'Whether the archive was read to its end after it was written.' })
  declare readonly verified: boolean;

  @Field(() => String, { nullable: true, description: 'Why it failed; null where it did not.' })
  declare readonly errorMessage: string | null;
}

@ObjectType('BackupPayload', { description: 'Result of starting a backup.', simpleResolvers: true })
export class BackupPayloadType {
  @Field(() => BackupType, { nullable: true, description: 'The backup, which runs; null where none was started.' })
  declare readonly backup: BackupType | null;

  @Field(() => [UserErrorType], { description: 'Errors the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}
