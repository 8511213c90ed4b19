import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { AlertPriority } from '../../entities/enums.ts';
import { UserType } from '../accounts/user.type.ts';
import { AlertState } from '../enums.ts';
import { UserErrorType } from '../errors/user-error.type.ts';
import { NodeType } from '../node.type.ts';
import { PageInfoType } from '../page-info.type.ts';
import { DateTime, JSONObject } from '../scalars.ts';

@ObjectType('Alert', {
  description: 'Something that an operator has to know. It is raised once, and resolved when its cause is gone.',
  implements: NodeType,
  simpleResolvers: true,
})
export class AlertType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;

  @Field(() => AlertPriority, { description: 'How urgent it is.' })
  declare readonly priority: AlertPriority;

  @Field(() => String, {
    description: 'The rule that raised it, e.g. "redis-lost"; docs/operations/alerts.md has all.',
  })
  declare readonly rule: string;

  @Field(() => String, { nullable: true, description: 'The error behind it; null where there is none.' })
  declare readonly errorCode: string | null;

  @Field(() => AlertState, { description: 'Whether it lasts, and whether someone has taken it on.' })
  declare readonly state: AlertState;

  @Field(() => String, { description: 'What is wrong, with the last figures.' })
  declare readonly message: string;

  @Field(() => String, { description: 'What to do first.' })
  declare readonly actionRequired: string;

  @Field(() => DateTime, { description: 'By when someone should have answered; the time of raising where at once.' })
  declare readonly respondBy: Date;

  @Field(() => String, { nullable: true, description: 'The provider, or the part of the installation.' })
  declare readonly service: string | null;

  @Field(() => JSONObject, { description: 'Further facts by their names; no secrets.' })
  declare readonly details: Record<string, unknown>;

  @Field(() => Int, { description: 'In how many rounds its cause was seen.' })
  declare readonly count: number;

  @Field(() => DateTime, { description: 'When it was raised.' })
  declare readonly raisedAt: Date;

  @Field(() => DateTime, { description: 'When its cause was last seen.' })
  declare readonly lastSeenAt: Date;

  @Field(() => UserType, {
    nullable: true,
    description: 'Who has taken it on. Null where it was not acknowledged, and where the account was deleted.',
  })
  declare readonly acknowledgedBy: UserType | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was acknowledged.' })
  declare readonly acknowledgedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was resolved; null while it lasts.' })
  declare readonly resolvedAt: Date | null;
}

@ArgsType()
export class AlertsArgs {
  @Field(() => Int, { nullable: true, description: 'Size of the page, 1 to 100; 20 by default.' })
  declare readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the row before the page.' })
  declare readonly after?: string | null;

  @Field(() => AlertState, { nullable: true, description: 'Only those in this state.' })
  declare readonly state?: AlertState | null;

  @Field(() => AlertPriority, { nullable: true, description: 'Only those of this priority.' })
  declare readonly priority?: AlertPriority | null;
}

@ObjectType('AlertEdge', { description: 'An alert and its place in the list.', simpleResolvers: true })
export class AlertEdgeType {
  @Field(() => String, { description: 'Value for the argument after.' })
  declare readonly cursor: string;

  @Field(() => AlertType, { description: 'The alert.' })
  declare readonly node: AlertType;
}

@ObjectType('AlertConnection', { description: 'One page of the alerts.', simpleResolvers: true })
export class AlertConnectionType {
  @Field(() => [AlertEdgeType], { description: 'The rows of the page with their cursors.' })
  declare readonly edges: readonly AlertEdgeType[];

  @Field(() => [AlertType], { description: 'The rows of the page without cursors.' })
  declare readonly nodes: readonly AlertType[];

  @Field(() => PageInfoType, { description: 'The position of the page.' })
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { description: 'Number of rows in the whole list; counted only when selected.' })
  declare readonly totalCount: number;
}

@ObjectType('AlertPayload', { description: 'An alert after the change.', simpleResolvers: true })
export class AlertPayloadType {
  @Field(() => AlertType, { nullable: true, description: 'The alert; null on failure.' })
  declare readonly alert: AlertType | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}
