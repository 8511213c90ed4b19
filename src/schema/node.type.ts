import { Field, ID, InterfaceType } from 'type-graphql';

/** A property that only rows of one type have, and that type's name. */
const MARKS = {
  username: 'User',
  ownerId: 'Video',
  narration: 'Scene',
  capabilities: 'Provider',
  isCurrent: 'Session',
} as const;

/** Rows are plain objects, so a type is known by what only its rows have. Undefined for a row that is no Node. */
export function nodeTypeOf(row: object): string | undefined {
  return Object.entries(MARKS).find(([mark]) => mark in row)?.[1];
}

@InterfaceType('Node', {
  description:
    'An object that can be fetched again by its id. Ids are opaque, unique among all types, and sort by time of creation.',
  resolveType: nodeTypeOf,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;
}
