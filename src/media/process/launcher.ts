import type { ChildExit, RunChild } from './child-group.ts';

/** The program and arguments that are actually started. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Linux sends this signal to the child when the thread that started it ends (prctl(2), PR_SET_PDEATHSIG); Node starts
 * children from its main thread. util-linux's setpriv sets it and then executes the program: same id, same group, +1.4
 * ms.
 */
const PARENT_DEATH_SIGNAL = ['--pdeathsig', 'KILL', '--'] as const;
const CHECK_TIMEOUT_MS = 5_000;
/** Exit codes of setpriv and shells where a program cannot be executed or is missing. */
const NOT_EXECUTED: readonly (number | null)[] = [126, 127];

/**
 * Starts programs so that they end at once when this process is killed, which leaves no chance to signal them: an
 * FFmpeg that outlives its worker encodes a film that is never used. Systems without this feature start them plainly.
 */
export class Launcher {
  readonly #runChild: RunChild;
  #canSet: Promise<boolean> | undefined;

  constructor(runChild: RunChild) {
    this.#runChild = runChild;
  }

  async launch(program: string, args: readonly string[]): Promise<Launch> {
    this.#canSet ??= canSetDeathSignal(this.#runChild);
    return (await this.#canSet)
      ? { program: 'setpriv', args: [...PARENT_DEATH_SIGNAL, program, ...args] }
      : { program, args };
  }
}

/** True where setpriv itself failed, not the program that it should have executed. */
export function wasNotStarted({ code }: ChildExit, lastLines: readonly string[]): boolean {
  return NOT_EXECUTED.includes(code) && lastLines.some((line) => line.startsWith('setpriv: '));
}

/** BusyBox has a setpriv too, without this option. */
async function canSetDeathSignal(runChild: RunChild): Promise<boolean> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  return await runChild('setpriv', [...PARENT_DEATH_SIGNAL, 'true'], { signal }).then(
    ({ code }) => code === 0,
    () => false, // setpriv is missing: not Linux, or a minimal one.
  );
}
