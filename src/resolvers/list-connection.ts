import type { PageInfoType } from '../schema/page-info.type.ts';

/** A page of a list that is read from its beginning. */
export interface ListPage<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A page that was read, and a function that counts the whole list where that is requested. */
export interface ListConnection<Row> {
  readonly nodes: readonly Row[];
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: PageInfoType;
  count(): Promise<number>;
}

export function connectionOf<Row>(
  { rows, hasNextPage, hasPreviousPage }: ListPage<Row>,
  cursorOf: (row: Row) => string,
  count: () => Promise<number>,
): ListConnection<Row> {
  const edges = rows.map((node) => ({ cursor: cursorOf(node), node }));
  const [startCursor, endCursor] = [edges.at(0)?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return { nodes: rows, edges, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor }, count };
}
