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
 * Seconds of processor time. The text grows until it takes this long, or has the maximum length that the product
 * allows. A shorter time at that length is harmless, and the garbage collector would have more influence than the
 * function.
 */
const MEASURABLE = 0.015;
const ATTEMPTS = 10;

/**
 * Detects growth beyond linear: makes the text 4 times as long up to `limit` (UTF-16 units) and compares the time at
 * the end with that of a quarter and a sixteenth of the text. Processor time of this process is measured, so that other
 * work on the machine does not count; suspicious results are measured again, and the shortest times decide. Undefined
 * if growth is linear.
 */
export async function superlinear(task: Task, shape: Shape, limit: number): Promise<Growth | undefined> {
  const times: number[] = [];
  let length = limit / 64;
  for (;;) {
    times.push(await secondsOf(task, shape(length)));
    if (length === limit || (times.length > 2 && (times.at(-1) ?? 0) > MEASURABLE)) break;
    length *= 4;
  }
  let [long, short, shortest] = [times.at(-1) ?? 0, times.at(-2) ?? 0, times.at(-3) ?? 0];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (long < MEASURABLE || long < SUSPICIOUS * short) return undefined;
    long = Math.min(long, await secondsOf(task, shape(length)));
    short = Math.min(short, await secondsOf(task, shape(length / 4)));
    shortest = Math.min(shortest, await secondsOf(task, shape(length / 16)));
  }
  const isLinear = long < MAX_RATIO * short || long < MAX_OVER_TWO_STEPS * shortest;
  return isLinear ? undefined : { length, ratio: long / short };
}

async function secondsOf(task: Task, text: string): Promise<number> {
  const before = process.cpuUsage();
  try {
    await task(text);
  } catch (thrown) {
    if (thrown instanceof ReferenceError) throw thrown;
    // More arguments or nested calls than fit on the stack: a separate error.
    if (thrown instanceof RangeError && thrown.message.includes('call stack')) throw thrown;
  }
  // Without kernel time, which is mostly memory allocation and independent of the function.
  return process.cpuUsage(before).user / 1_000_000;
}
