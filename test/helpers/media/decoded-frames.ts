import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Luma of a film's frames, scaled to the given size; one byte per pixel, one array per frame. */
export async function decodeLuma(path: string, width: number, height: number): Promise<Uint8Array[]> {
  const size = `scale=${width}:${height}:flags=area,format=gray`;
  const args = ['-v', 'error', '-nostdin', '-i', path, '-map', '0:v', '-vf', size, '-f', 'rawvideo', '-'];
  const { stdout } = await promisify(execFile)('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1 << 30 });
  const frames: Uint8Array[] = [];
  for (let at = 0; at + width * height <= stdout.length; at += width * height) {
    frames.push(stdout.subarray(at, at + width * height));
  }
  return frames;
}

/** Mean absolute difference of two frames, 0 to 255. */
export function difference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0));
  return sum / one.length;
}

/** Mean brightness of a rectangle of a frame, 0 to 255; edges as parts of the frame. */
export function brightness(
  frame: Uint8Array,
  width: number,
  box: { x: number; y: number; right: number; bottom: number },
): number {
  const height = frame.length / width;
  let sum = 0;
  let count = 0;
  for (let y = Math.floor(box.y * height); y < box.bottom * height; y += 1) {
    for (let x = Math.floor(box.x * width); x < box.right * width; x += 1) {
      sum += frame[y * width + x] ?? 0;
      count += 1;
    }
  }
  return sum / count;
}

/**
 * The shift between two frames, in pixels right and down: the least-squares answer to "brightness moved, and did
 * not change" (Lucas and Kanade, 1981) over the middle of the frame. Good for shifts under a pixel of soft pictures.
 */
export function shift(one: Uint8Array, other: Uint8Array, width: number): { x: number; y: number } {
  const height = one.length / width;
  let [xx, xy, yy, xt, yt] = [0, 0, 0, 0, 0];
  for (let row = Math.floor(height / 8); row < (height * 7) / 8; row += 1) {
    for (let column = Math.floor(width / 8); column < (width * 7) / 8; column += 1) {
      const at = row * width + column;
      const mean = (offset: number): number => ((one[at + offset] ?? 0) + (other[at + offset] ?? 0)) / 2;
      const gx = (mean(1) - mean(-1)) / 2;
      const gy = (mean(width) - mean(-width)) / 2;
      const change = (other[at] ?? 0) - (one[at] ?? 0);
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
      xt += gx * change;
      yt += gy * change;
    }
  }
  const determinant = xx * yy - xy * xy;
  return { x: (xy * yt - yy * xt) / determinant, y: (xy * xt - xx * yt) / determinant };
}
