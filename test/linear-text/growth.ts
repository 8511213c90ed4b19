import type { Shape } from './shapes.ts';

/** Something done with a text. What it throws is ignored: a refusal must come in linear time, too. */
export type Task = (text: string) => unknown;

/** How the time grew when the text became four times as long. */
export interface Growth {
  readonly length: number;
  readonly ratio: number;
}

/** A linear function takes 4 times as long for 4 times the text, a quadratic one 16 times. */
const MAX_RATIO = 12;
/** From here on it is measured again. */
const SUSPICIOUS = 6;
/**
 * And for 16 times the text: 16 and 256 times. One step may be steep without a quadratic loop, as where the data outgrows a cache or
 * the young generation of the heap; two steps in a row are not.
 */
const MAX_OVER_TWO_STEPS = 80;
/**
 * Seconds of processor time. The text grows until it takes as long as this, or has the greatest length that the product
 * allows. What takes less even then does no harm, and the garbage collector would say more than the function.
 */
const MEASURABLE = 0.03;
const ATTEMPTS = 10;

/**
 * Looks for more than linear growth: makes the text 4 times as long up to `limit` (UTF-16 units) and compares the time at the end
 * with that of a quarter and a sixteenth of the text. Processor time of this process is measured, so that other work on the machine
 * does not count; what looks suspicious is measured again, and the least times decide. Undefined where all is well.
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
    // More arguments or nested calls than the stack holds: that is a fault of its own.
    if (thrown instanceof RangeError && thrown.message.includes('call stack')) throw thrown;
  }
  // Without the time of the kernel, which gives memory to the process: that says nothing of the function.
  return process.cpuUsage(before).user / 1_000_000;
}
