import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { captionSafeHeight } from '../../../src/media/captions/caption-area.ts';
import type { NamedText } from '../../../test/corpus/load-corpus.ts';
import { longestStillness, type Stillness } from './stillness.ts';

const run = promisify(execFile);

export const SHAPES = ['landscape', 'portrait', 'square'] as const;
export type Shape = (typeof SHAPES)[number];

/** The frame of each shape at 720 lines. */
const SIZES: Readonly<Record<Shape, { readonly width: number; readonly height: number }>> = {
  landscape: { width: 1280, height: 720 },
  portrait: { width: 720, height: 1280 },
  square: { width: 720, height: 720 },
};

/** One made film: file names in the output folder, and what was measured. */
export interface Film {
  readonly name: string;
  readonly shape: Shape;
  readonly file: string;
  readonly sheet: string;
  readonly srt: string;
  readonly seconds: number;
  readonly madeIn: number;
  readonly still: Stillness;
  /** Characters a second of the fastest caption. */
  readonly fastest: number;
}

/** Makes one film with the program as a user does, and measures it. Throws if the program fails. */
export async function makeFilm({ name, text }: NamedText, shape: Shape, out: string, dataDir: string): Promise<Film> {
  const base = `${name.replaceAll('/', '-')}-${shape}`;
  const [file, srt, sheet] = [`${base}.mp4`, `${base}.srt`, `${base}.jpg`];
  const { source, language } = text;
  const input = join(out, `${base}.${source.kind === 'scenes' ? 'json' : 'txt'}`);
  const scenes = source.kind === 'scenes' ? source.scenes.map((narration) => ({ narration })) : [];
  await writeFile(input, source.kind === 'scenes' ? JSON.stringify(scenes) : source.text);
  const seconds = source.kind === 'article' && source.seconds !== undefined ? ['--duration', `${source.seconds}`] : [];
  const begun = performance.now();
  await run(
    process.execPath,
    [
      ...['dist/main.js', 'make', `--${source.kind}`, input, '--language', language, '--aspect', shape, ...seconds],
      ...['--captions-file', join(out, srt), '--out', join(out, file), '--force'],
    ],
    { env: { ...process.env, DATA_DIR: dataDir } },
  );
  const madeIn = (performance.now() - begun) / 1_000;
  const size = SIZES[shape];
  const length = await durationOf(join(out, file));
  const [width, columns] = shape === 'portrait' ? [180, 10] : [320, 6];
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-i', join(out, file), '-frames:v', '1'],
    ...['-vf', `fps=1,scale=${width}:-2,tile=${columns}x${Math.ceil(length / columns)}`],
    join(out, sheet),
  ]);
  return {
    ...{ name, shape, file, sheet, srt, madeIn },
    seconds: length,
    still: await longestStillness(
      join(out, file),
      1 - captionSafeHeight(size, shape === 'portrait' ? 'WORD_HIGHLIGHT' : 'BLOCK') / size.height,
    ),
    fastest: fastestCaption(await readFile(join(out, srt), 'utf8')),
  };
}

async function durationOf(path: string): Promise<number> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path]);
  return Number(stdout);
}

function fastestCaption(srt: string): number {
  const rates = srt.split('\n\n').flatMap((cue) => {
    const [, times = '', ...lines] = cue.trim().split('\n');
    const [start, end] = times.split(' --> ').map(secondsIn);
    return start === undefined || end === undefined ? [] : [Array.from(lines.join(' ')).length / (end - start)];
  });
  return Math.max(0, ...rates);
}

function secondsIn(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.replace(',', '.').split(':').map(Number);
  return 3_600 * hours + 60 * minutes + seconds;
}
