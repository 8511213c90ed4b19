import { Field, ID, InterfaceType } from 'type-graphql';
import { AppError } from '../errors.ts';
import type { IdType } from '../ids.ts';

/** The GraphQL type that each type of id names. A job has an id but is no Node: see Video.stages and failedJobs. */
export const NODE_TYPE_NAMES = {
  user: 'User',
  video: 'Video',
  scene: 'Scene',
  generation: 'Generation',
  provider: 'Provider',
  session: 'Session',
  key: 'ApiKey',
  audit: 'AuditEntry',
  job: null,
  alert: 'Alert',
  backup: 'Backup',
} as const satisfies Readonly<Record<IdType, string | null>>;

/** A row as a field of type Node returns it: rows are plain objects, so the name of their type has to come with them. */
export interface NodeRow {
  readonly __typename: string;
}

@InterfaceType('Node', {
  description:
    'An object that can be fetched again by its id. Ids are opaque, unique among all types, and sort by time of creation.',
  resolveType: typeNameOf,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;
}

function typeNameOf(row: object): string {
  if ('__typename' in row && typeof row.__typename === 'string') return row.__typename;
  throw new AppError('INTERNAL_ERROR', 'A field of type Node must return its rows with __typename.');
}
