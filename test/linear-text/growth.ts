import type { Shape } from './shapes.ts';

/** A function applied to a text. Its errors are ignored: a refusal must take linear time, too. */
export type Task = (text: string) => unknown;

/** Growth of the time when the text became four times as long. */
export interface Growth {
  readonly length: number;
  readonly ratio: number;
}

/** A linear function takes 4 times as long for 4 times the text, a quadratic one 16 times. */
const MAX_RATIO = 12;
/** From this ratio on, the measurement is repeated. */
const SUSPICIOUS = 6;
/**
 * And for 16 times the text: 16 and 256 times. One step may be steep without a quadratic loop, e.g. when the data
 * exceeds a cache or the young generation of the heap; two consecutive steps are not.
 */
const MAX_OVER_TWO_STEPS = 80;
/**
 * Seconds of processor time. The text grows until it takes about this long, or has the maximum length that the product
 * allows. A shorter time at that length is harmless, and the garbage collector would have more influence than the
 * function. A longer one is a large part of the processor time of all tests: thousands of texts are measured.
 */
const MEASURABLE = 0.015;
const ATTEMPTS = 10;
/**
 * After so many, a ratio below the maximum is trusted: one measurement may be long by chance, e.g. because the engine
 * compiles the function meanwhile, not the shortest of three. The one before the attempts is the third.
 */
const ENOUGH_ATTEMPTS = 2;

/**
 * Detects growth beyond linear: makes the text longer up to `limit` (UTF-16 units) until it takes a measurable time, and
 * compares the time with that of a quarter and a sixteenth of the text. Processor time of this process is measured, so
 * that other work on the machine does not count; suspicious results are measured again, and the shortest times decide.
 * Undefined if growth is linear.
 */
export async function superlinear(task: Task, shape: Shape, limit: number): Promise<Growth | undefined> {
  // The first call lets the engine compile the function; where it was slow already, a shorter text may be measurable.
  const first = await secondsOf(task, shape(limit / 16));
  if (first >= 2 * MEASURABLE && (await isLinearUpTo(task, shape, limit / 16))) return undefined;
  for (let length = limit / 4; ; ) {
    const seconds = await secondsOf(task, shape(length));
    const ratio = seconds < MEASURABLE ? TOO_SHORT : await ratioAt(task, shape, length, seconds);
    if (ratio !== TOO_SHORT) return ratio === LINEAR ? undefined : { length, ratio };
    if (length >= limit) return undefined;
    // Twice the text takes a linear function twice the time. More than what is measurable would tell nothing new.
    length = seconds < MEASURABLE / 2 ? limit : 2 * length;
  }
}

/** True only where that is clear: what is measured at a longer text decides in all other cases. */
async function isLinearUpTo(task: Task, shape: Shape, length: number): Promise<boolean> {
  const seconds = await secondsOf(task, shape(length));
  if (seconds < MEASURABLE) return false;
  const before = await secondsOf(task, shape(length / 4));
  return !isSuspicious(seconds, before);
}

const LINEAR = 'linear';
/** The first call was long because the engine had not compiled the function yet: only a longer text tells more. */
const TOO_SHORT = 'too short';

type Ratio = number | typeof LINEAR | typeof TOO_SHORT;

/** The ratio of the times of a text, which took `seconds`, and of a quarter of it, if it is beyond linear. */
async function ratioAt(task: Task, shape: Shape, length: number, seconds: number): Promise<Ratio> {
  const before = await secondsOf(task, shape(length / 4));
  return isSuspicious(seconds, before) ? measuredAgain(task, shape, length, before) : LINEAR;
}

/** The ratio of the shortest times of several attempts, `before` included, if it is beyond linear. */
async function measuredAgain(task: Task, shape: Shape, length: number, before: number): Promise<Ratio> {
  let [long, short, shortest] = [Number.POSITIVE_INFINITY, before, Number.POSITIVE_INFINITY];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    // The same amount of text each time: of a call that is shorter than the tick of the kernel's clock, the time is
    // counted for the user or for the kernel at random, and the shortest of several would be 0.
    long = Math.min(long, await secondsOf(task, shape(length)));
    short = Math.min(short, await secondsOf(task, shape(length / 4), 4));
    shortest = Math.min(shortest, await secondsOf(task, shape(length / 16), 16));
    if (long < MEASURABLE) return TOO_SHORT;
    if (!isSuspicious(long, short)) return LINEAR;
    const isLinear = long < MAX_RATIO * short || long < MAX_OVER_TWO_STEPS * shortest;
    if (isLinear && attempt >= ENOUGH_ATTEMPTS) return LINEAR;
  }
  return long / short;
}

function isSuspicious(long: number, short: number): boolean {
  return long >= MEASURABLE && long >= SUSPICIOUS * short;
}

/** Seconds of one call, as the mean of the given number of calls. */
async function secondsOf(task: Task, text: string, calls = 1): Promise<number> {
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) {
    try {
      await task(text);
    } catch (thrown) {
      if (thrown instanceof ReferenceError) throw thrown;
      // More arguments or nested calls than fit on the stack: a separate error.
      if (thrown instanceof RangeError && thrown.message.includes('call stack')) throw thrown;
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000 / calls;
}
