import type { GenerationsArgs } from '../../schema/generations/generations.args.ts';
import type { PageInfoType } from '../../schema/page-info.type.ts';
import { cursorOf, type GenerationPage, type GenerationQuery } from '../../services/generations/generation-reads.ts';
import type { GenerationScope, GenerationView } from '../../services/generations/generation-reads-sql.ts';
import { type Context, signedIn } from '../context.ts';
import { pageSizeOf } from '../page.ts';

/** A page that was read, and a function that counts the whole list where that is requested. */
export interface GenerationConnection {
  readonly nodes: readonly GenerationView[];
  readonly edges: readonly { readonly cursor: string; readonly node: GenerationView }[];
  readonly pageInfo: PageInfoType;
  count(): Promise<number>;
}

/** The generations of one user or video; others at the same place are read with it. Throws INVALID_INPUT and CURSOR_INVALID. */
export async function generationConnection(
  context: Context,
  args: GenerationsArgs,
  scope: GenerationScope,
  id: string,
): Promise<GenerationConnection> {
  signedIn(context);
  const { loaders } = context;
  const query: GenerationQuery = { first: pageSizeOf(args.first), after: args.after, type: args.type };
  const page = await loaders.generations(scope, query).load(id);
  return connectionOf(page, () => loaders.generationCounts(scope, query.type).load(id));
}

function connectionOf(
  { rows, hasNextPage, hasPreviousPage }: GenerationPage,
  count: () => Promise<number>,
): GenerationConnection {
  const edges = rows.map((node) => ({ cursor: cursorOf(node), node }));
  const [startCursor, endCursor] = [edges.at(0)?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return { nodes: rows, edges, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor }, count };
}
