import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Long enough for the first requests after the start to be answered: collecting takes a seventh of a second. */
const AFTER_MS = 3_000;

/**
 * Releases, once, the memory that only the start has needed: a third of the memory of an idle API. Loading the program
 * makes V8's young generation grow to a size that V8 does not reduce while a process is idle; only a last-resort
 * collection shrinks it. Under load it grows again. Returns a function that cancels it.
 */
export function releaseStartMemory(afterMs = AFTER_MS): () => void {
  const timer = setTimeout(collect, afterMs).unref();
  return () => clearTimeout(timer);
}

function collect(): void {
  // V8 exposes its collector only in contexts created while this flag is set.
  setFlagsFromString('--expose-gc');
  const collector: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (isCollector(collector)) collector({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

function isCollector(value: unknown): value is NodeJS.GCFunction {
  return typeof value === 'function';
}
