import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Long enough for whoever waits for this start to have been answered: collecting takes a seventh of a second. */
const AFTER_MS = 3_000;

/**
 * Gives back, once, the memory that only the start has needed: a third of what an idle API would hold. Loading the program makes V8's
 * young generation grow to a size that it never leaves by itself while a process has nothing to do; only a collection of the
 * kind that comes before giving up shrinks it. Under load it grows again. Returns what calls it off.
 */
export function releaseStartMemory(afterMs = AFTER_MS): () => void {
  const timer = setTimeout(collect, afterMs).unref();
  return () => clearTimeout(timer);
}

function collect(): void {
  // V8 hands out its collector only in contexts that are made while this flag stands.
  setFlagsFromString('--expose-gc');
  const collector: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (isCollector(collector)) collector({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

function isCollector(value: unknown): value is NodeJS.GCFunction {
  return typeof value === 'function';
}
