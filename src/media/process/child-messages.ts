import type { ChildExit } from './child-group.ts';

/** What `ChildThread` sends to its thread; `id` is the number of a run. */
export type ToChildThread =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly program: string;
      readonly args: readonly string[];
      readonly cwd: string | undefined;
    }
  | { readonly kind: 'abort'; readonly id: number };

/** What it receives: lines while the program runs, then either how it ended or why it was not started. */
export type FromChildThread =
  | {
      readonly kind: 'lines';
      readonly id: number;
      readonly stream: 'stdout' | 'stderr';
      readonly lines: readonly string[];
    }
  | { readonly kind: 'exit'; readonly id: number; readonly exit: ChildExit }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly message: string;
      /** The system's, such as ENOENT: copying an Error to another thread would lose it. */
      readonly code: string | undefined;
    };
