import { spawn } from 'node:child_process';

const WIDTH = 160;
const HEIGHT = 90;
/** Frames a second that are compared. */
const RATE = 5;
/** Two pictures 0.4 s apart. A slow drift moves edges by a pixel of this small picture in several seconds. */
const APART = 2;
const CHANNELS = 3;
/** Difference of a colour's red, green or blue, of 255, that makes a pixel another one, and the share of such pixels in another picture. */
const ANOTHER_PIXEL = 40;
const ANOTHER_PICTURE = 0.004;

export interface Stillness {
  /** The longest stretch without a visible change, in seconds, and where it begins. */
  readonly seconds: number;
  readonly from: number;
}

/**
 * Finds the longest time in which nothing but the slow drift of the picture changes in a film. `top` is the share of its
 * height that is looked at: captions are below it.
 */
export async function longestStillness(path: string, top: number): Promise<Stillness> {
  const frames = await smallFrames(path, top);
  let [begin, longest, from] = [0, 0, 0];
  for (const [index, frame] of frames.entries()) {
    const before = frames[index - APART];
    const hasChanged = before !== undefined && shareOfOtherPixels(before, frame) > ANOTHER_PICTURE;
    const isLast = index === frames.length - 1;
    if (!hasChanged && !isLast) continue;
    if (index - begin > longest) [longest, from] = [index - begin, begin];
    begin = index;
  }
  return { seconds: longest / RATE, from: from / RATE };
}

function shareOfOtherPixels(before: Uint8Array, after: Uint8Array): number {
  let others = 0;
  for (let at = 0; at < after.length; at += CHANNELS) if (differs(before, after, at)) others += 1;
  return (CHANNELS * others) / after.length;
}

function differs(before: Uint8Array, after: Uint8Array, at: number): boolean {
  for (let channel = at; channel < at + CHANNELS; channel += 1)
    if (Math.abs((after[channel] ?? 0) - (before[channel] ?? 0)) > ANOTHER_PIXEL) return true;
  return false;
}

async function smallFrames(path: string, top: number): Promise<Uint8Array[]> {
  const filters = `fps=${RATE},crop=iw:ih*${top}:0:0,scale=${WIDTH}:${HEIGHT},format=rgb24`;
  const args = ['-v', 'error', '-i', path, '-vf', filters, '-f', 'rawvideo', '-'];
  const child = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Uint8Array[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const size = CHANNELS * WIDTH * HEIGHT;
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
