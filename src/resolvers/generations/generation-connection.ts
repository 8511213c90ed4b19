import type { GenerationsArgs } from '../../schema/generations/generations.args.ts';
import { cursorOf, type GenerationQuery } from '../../services/generations/generation-reads.ts';
import type { GenerationScope, GenerationView } from '../../services/generations/generation-reads-sql.ts';
import { type Context, signedIn } from '../context.ts';
import { connectionOf, type ListConnection } from '../list-connection.ts';
import { pageSizeOf } from '../page.ts';

export type GenerationConnection = ListConnection<GenerationView>;

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
  return connectionOf(page, cursorOf, () => loaders.generationCounts(scope, query.type).load(id));
}
