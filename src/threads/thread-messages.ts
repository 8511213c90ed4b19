import { AppError, type ErrorCode } from '../errors.ts';
import { fileFailure } from '../media/process/ffmpeg-failure.ts';

/** Tasks by name: each takes one plain value and returns one, or a promise of one. */
// biome-ignore lint/suspicious/noExplicitAny: the one type that the inputs of all tasks fit; `ThreadPool.run` checks each by its task's name.
export type Tasks = Readonly<Record<string, (input: any) => unknown>>;

/** A request to a thread: the name of a task, and its input. */
export interface TaskRequest {
  readonly name: string;
  readonly input: unknown;
}

/** The reply. Errors are plain data: copying an AppError to another thread would lose its code. */
export type TaskReply<Result> =
  | { readonly ok: true; readonly result: Result }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly retriable: boolean;
      /** For the log. */
      readonly cause: string;
    };

/** The default export of a thread's module: runs the requested task and never rejects. */
export function taskHandler(tasks: Tasks): (taskRequest: TaskRequest) => Promise<TaskReply<unknown>> {
  return async ({ name, input }) => {
    const task = tasks[name];
    try {
      if (task === undefined) throw new TypeError(`There is no task ${name}.`);
      return { ok: true, result: await task(input) };
    } catch (thrown) {
      // A full disk is recognized by the system's error, which a copy would lose.
      const { code, message, retriable, cause } = AppError.from(fileFailure(thrown));
      return { ok: false, code, message, retriable, cause: describe(cause ?? thrown) };
    }
  };
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
