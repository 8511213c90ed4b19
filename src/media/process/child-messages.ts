import { z } from 'zod';

/** What `ChildStarter` sends to its process; `id` is the number of a run. */
export type ToStarter =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly program: string;
      readonly args: readonly string[];
      readonly cwd?: string;
    }
  | { readonly kind: 'abort'; readonly id: number };

/** What it receives: lines while the program runs, then either how it ended or why it was not started. */
export const fromStarter = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lines'),
    id: z.int(),
    stream: z.enum(['stdout', 'stderr']),
    lines: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('exit'),
    id: z.int(),
    exit: z.object({ code: z.int().nullable(), killedBy: z.string().nullable() }),
  }),
  /** `code` is the system's, such as ENOENT: an Error loses it on its way between processes. */
  z.object({ kind: z.literal('failed'), id: z.int(), message: z.string(), code: z.string().optional() }),
]);

export type FromStarter = z.infer<typeof fromStarter>;
