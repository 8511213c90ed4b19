import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Root mean square of a film's sound, 0 to 1, in steps of this many seconds; `filter` is an FFmpeg filter that is applied before. */
export async function loudnessOver(path: string, stepSeconds: number, filter = 'anull'): Promise<number[]> {
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-i',
    path,
    '-map',
    '0:a',
    '-af',
    filter,
    '-ac',
    '1',
    '-ar',
    '48000',
    '-f',
    's16le',
    '-',
  ];
  const { stdout } = await promisify(execFile)('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1 << 28 });
  const step = Math.round(stepSeconds * 48_000);
  const levels: number[] = [];
  for (let at = 0; (at + step) * 2 <= stdout.length; at += step) {
    let power = 0;
    for (let sample = at; sample < at + step; sample += 1) power += (stdout.readInt16LE(sample * 2) / 32_768) ** 2;
    levels.push(Math.sqrt(power / step));
  }
  return levels;
}
