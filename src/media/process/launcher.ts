import { type ChildExit, runChildGroup } from './child-group.ts';

/** A program and its arguments as they are really started. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Linux sends this to the child when the thread that started it ends (prctl(2), PR_SET_PDEATHSIG); Node starts children
 * from its main thread. util-linux's setpriv asks for it and then becomes the program: same id, same group, +1.4 ms.
 */
const PARENT_DEATH_SIGNAL = ['--pdeathsig', 'KILL', '--'] as const;
const CHECK_TIMEOUT_MS = 5_000;
/** What setpriv and shells end with where a program cannot be executed, or is not there. */
const NOT_EXECUTED: readonly (number | null)[] = [126, 127];

/**
 * Starts programs so that they end at once when we are killed, which we could not tell them any more: an FFmpeg that
 * outlives its worker encodes for nobody. Where the system has no such thing they are started plainly.
 */
export class Launcher {
  #canSet: Promise<boolean> | undefined;

  async launch(program: string, args: readonly string[]): Promise<Launch> {
    this.#canSet ??= canSetDeathSignal();
    return (await this.#canSet)
      ? { program: 'setpriv', args: [...PARENT_DEATH_SIGNAL, program, ...args] }
      : { program, args };
  }
}

/** True where it was setpriv that failed, and not the program it should have become. */
export function wasNotStarted({ code }: ChildExit, lastLines: readonly string[]): boolean {
  return NOT_EXECUTED.includes(code) && lastLines.some((line) => line.startsWith('setpriv: '));
}

/** BusyBox has a setpriv too, without this option. */
async function canSetDeathSignal(): Promise<boolean> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  return await runChildGroup('setpriv', [...PARENT_DEATH_SIGNAL, 'true'], { signal }).then(
    ({ code }) => code === 0,
    () => false, // No such program: this is no Linux, or a very small one.
  );
}
