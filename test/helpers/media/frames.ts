import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type MediaProbe, mediaProbe } from '../../../src/media/process/media-probe.ts';

const run = promisify(execFile);

/** Pixels; without the right and lower edges. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One decoded picture, as luma from 0 (black) to 255. */
export class Frame {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;

  constructor(width: number, height: number, luma: Uint8Array) {
    if (luma.length !== width * height) throw new Error(`A frame of ${width} × ${height} has ${luma.length} pixels.`);
    this.width = width;
    this.height = height;
    this.luma = luma;
  }

  get whole(): Region {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  at(x: number, y: number): number {
    return this.luma[y * this.width + x] ?? 0;
  }

  mean(region: Region = this.whole): number {
    let sum = 0;
    for (const value of this.#values(region)) sum += value;
    return sum / areaOf(region);
  }

  /** The variation of the pixels: 0 for a plain color. */
  deviation(region: Region = this.whole): number {
    const mean = this.mean(region);
    let sum = 0;
    for (const value of this.#values(region)) sum += (value - mean) ** 2;
    return Math.sqrt(sum / areaOf(region));
  }

  /** Mean distance of the pixels of two frames of one size. */
  differenceFrom(other: Frame, region: Region = this.whole): number {
    let sum = 0;
    for (let y = region.top; y < region.bottom; y++)
      for (let x = region.left; x < region.right; x++) sum += Math.abs(this.at(x, y) - other.at(x, y));
    return sum / areaOf(region);
  }

  *#values({ left, top, right, bottom }: Region): Generator<number> {
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) yield this.at(x, y);
  }
}

function areaOf({ left, top, right, bottom }: Region): number {
  return (right - left) * (bottom - top);
}

/** The film's frame that is shown at a time, in its full size. */
export async function frameAt(
  path: string,
  seconds: number,
  { width, height }: { width: number; height: number },
): Promise<Frame> {
  const args = [
    '-v',
    'error',
    '-ss',
    String(seconds),
    '-i',
    path,
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'gray',
    'pipe:1',
  ];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 16_000_000 });
  return new Frame(width, height, stdout);
}

/** Small pictures of the whole film, this many per second. */
export async function framesOf(path: string, aSecond: number): Promise<Frame[]> {
  const [width, height] = [64, 36];
  const filter = `fps=${aSecond},scale=${width}:${height}`;
  const args = ['-v', 'error', '-i', path, '-vf', filter, '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 64_000_000 });
  const size = width * height;
  return Array.from(
    { length: stdout.length / size },
    (_, at) => new Frame(width, height, stdout.subarray(at * size, (at + 1) * size)),
  );
}

/** The output of ffprobe for a file; frames are counted, not taken from the header. */
export async function probe(path: string): Promise<MediaProbe & { readonly frames: number; readonly profile: string }> {
  const args = ['-v', 'error', '-count_frames', '-show_format', '-show_streams', '-of', 'json', path];
  const { stdout } = await run('ffprobe', args);
  const said: { streams: { codec_type: string; nb_read_frames?: string; profile?: string }[] } = JSON.parse(stdout);
  const picture = said.streams.find((stream) => stream.codec_type === 'video');
  return { ...mediaProbe.parse(said), frames: Number(picture?.nb_read_frames), profile: picture?.profile ?? '' };
}

/** Loudness by EBU R 128, as FFmpeg's own meter measures it. */
export async function loudness(
  path: string,
): Promise<{ readonly integratedLufs: number; readonly truePeakDbtp: number }> {
  const { stderr } = await run('ffmpeg', ['-nostats', '-i', path, '-af', 'ebur128=peak=true', '-f', 'null', '-']);
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  const value = (pattern: RegExp) => Number(pattern.exec(summary)?.[1] ?? Number.NaN);
  return { integratedLufs: value(/I:\s+(-?[\d.]+) LUFS/), truePeakDbtp: value(/Peak:\s+(-?[\d.]+) dBFS/) };
}
