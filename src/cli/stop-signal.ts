import { constants } from 'node:os';
import { AppError } from '../errors.ts';

/**
 * The terminal sends Ctrl-C to the whole process group and npm forwards it to its child: a child of npm gets one press
 * twice.
 */
const SAME_PRESS_MS = 1_000;

/** A stop request from the system. */
export interface StopSignal {
  /** Aborts with the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** 128 plus the signal's number, as in shells; null without a signal. */
  exitCode(): number | null;
  /** Stops listening. */
  close(): void;
}

/** Listens until it is closed. A second press ends the process immediately. */
export function listenForStop(): StopSignal {
  const stopping = new AbortController();
  let first: { readonly exitCode: number; readonly at: number } | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    const exitCode = 128 + constants.signals[name];
    if (first === undefined) {
      first = { exitCode, at: performance.now() };
      stopping.abort(new AppError('CANCELED', 'Stopped.'));
    } else if (performance.now() - first.at > SAME_PRESS_MS) process.exit(exitCode);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    signal: stopping.signal,
    exitCode: () => first?.exitCode ?? null,
    close: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
