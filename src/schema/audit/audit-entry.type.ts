import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { AuditOutcome } from '../../entities/enums.ts';
import { UserType } from '../accounts/user.type.ts';
import { NodeType } from '../node.type.ts';
import { PageInfoType } from '../page-info.type.ts';
import { DateTime, JSONObject } from '../scalars.ts';

@ObjectType('AuditEntry', {
  description:
    'Something that was done, or refused: sign-ins, grants, keys and administrative acts. Entries are never changed; when an account is deleted, its personal data leave them.',
  implements: NodeType,
  simpleResolvers: true,
})
export class AuditEntryType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;

  @Field(() => UserType, {
    nullable: true,
    description: 'Who did it. Null for a guest, for the command line, and where the account was deleted.',
  })
  declare readonly actor: UserType | null;

  @Field(() => String, { description: 'A noun and a verb, e.g. "role.grant".' })
  declare readonly action: string;

  @Field(() => String, { nullable: true, description: 'The id of the object, or its name. Null where there is none.' })
  declare readonly target: string | null;

  @Field(() => AuditOutcome, { description: 'How it ended.' })
  declare readonly outcome: AuditOutcome;

  @Field(() => String, { nullable: true, description: 'The address that it came from; null where it is unknown.' })
  declare readonly ipAddress: string | null;

  @Field(() => DateTime, { description: 'When it was done.' })
  declare readonly at: Date;

  @Field(() => JSONObject, { nullable: true, description: 'Further facts by their names; no secrets.' })
  declare readonly details: Record<string, unknown> | null;
}

@ArgsType()
export class AuditLogArgs {
  @Field(() => Int, { nullable: true, description: 'Size of the page, 1 to 100; 20 by default.' })
  declare readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the row before the page.' })
  declare readonly after?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what this user did.' })
  declare readonly actorId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only this action, e.g. "role.grant".' })
  declare readonly action?: string | null;
}

@ObjectType('AuditEntryEdge', { description: 'An entry and its place in the list.', simpleResolvers: true })
export class AuditEntryEdgeType {
  @Field(() => String, { description: 'Value for the argument after.' })
  declare readonly cursor: string;

  @Field(() => AuditEntryType, { description: 'The entry.' })
  declare readonly node: AuditEntryType;
}

@ObjectType('AuditEntryConnection', { description: 'One page of the audit log.', simpleResolvers: true })
export class AuditEntryConnectionType {
  @Field(() => [AuditEntryEdgeType], { description: 'The rows of the page with their cursors.' })
  declare readonly edges: readonly AuditEntryEdgeType[];

  @Field(() => [AuditEntryType], { description: 'The rows of the page without cursors.' })
  declare readonly nodes: readonly AuditEntryType[];

  @Field(() => PageInfoType, { description: 'The position of the page.' })
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { description: 'Number of rows in the whole list; counted only when selected.' })
  declare readonly totalCount: number;
}
