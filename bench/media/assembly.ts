/**
 * The cost of our assembly relative to the minimum: the raw x264 encode of the same frames.
 *
 *   node bench/media/assembly.ts [rounds] [film | change | growth]        (Node 24, FFmpeg)
 *
 * film: 30 s at 720p25 from five stills. Raw encodes the frames that our encoder gets, from a file of raw frames (not
 * frames decoded from our film: those have lost the detail that is expensive to encode). Contenders are interleaved;
 * the result of each is the median of its rounds' ratios to raw in CPU seconds, user and system time of all processes.
 * change: one picture of ten changes. growth: films of 1 to 64 short scenes.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchFilm } from './bench-film.ts';
import { measureScenes } from './growth.ts';
import { median, report, say, takeTurns } from './measure.ts';
import { twoPasses } from './two-pass.ts';

const HD = { width: 1280, height: 720 };
const NARRATION_SECONDS = 5.32;

async function compareWithRaw(folder: string, rounds: number): Promise<void> {
  const film = await BenchFilm.of(folder, 5, NARRATION_SECONDS, HD);
  const frames = { plain: join(folder, 'plain.yuv'), captioned: join(folder, 'captioned.yuv') };
  await film.writeFrames(frames.plain, false);
  await film.writeFrames(frames.captioned, true);
  const encode = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', `file:${join(folder, 'raw.mp4')}`];
  const raw = (path: string): Promise<unknown> =>
    film.ffmpeg.run(['-f', 'rawvideo', '-s', '1280x720', '-r', '25', '-i', `file:${path}`, ...encode], film);
  const anew = async (work: () => Promise<unknown>): Promise<void> => {
    await film.forget();
    await work();
  };
  const { totalFrames, durationSeconds } = film.plan;
  say(
    `${durationSeconds} s of film, ${totalFrames} frames of 1280x720, five scenes; ratios to the first of each block`,
  );
  report(
    await takeTurns(rounds, {
      'raw x264 veryfast of the frames without captions': () => raw(frames.plain),
      'motion and seams, joined': () => anew(() => film.silentFilm()),
    }),
  );
  report(
    await takeTurns(rounds, {
      'raw x264 veryfast of the frames with captions': () => raw(frames.captioned),
      'with captions, sound and checks': () => anew(() => film.assemble().then(() => film.check())),
      'the usual two passes: captions, sound, no checks': () => twoPasses(film),
      'of our assembly: only the sound mix': () => film.sound(),
      'of our assembly: only the checks': () => film.check(),
    }),
  );
}

async function remakeOneOfTen(folder: string, rounds: number): Promise<void> {
  const film = await BenchFilm.of(folder, 10, NARRATION_SECONDS, HD);
  const rest: number[] = [];
  const costs = await takeTurns(rounds, {
    'all clips of ten scenes': async () => {
      await film.forget();
      await film.clips(true);
    },
    'the clips after one picture has changed': async () => {
      const changed = await film.withPicture(4, 40 + rest.length, NARRATION_SECONDS);
      rest.push((await changed.clips(true)).filter(({ made }) => made).length);
    },
    'the sound mix': () => film.sound(),
    'joining (all clips cached) and the sound mix': () => film.assemble(),
    'the checks': () => film.check(),
  });
  say(`one picture of ten changed: ${median(rest)} clips rendered again; ratios to all clips`);
  report(costs);
}

const rounds = Number(process.argv[2] ?? 3);
const only = process.argv[3];
const folder = await mkdtemp(join(tmpdir(), 'bench-assembly-'));
try {
  if (only === undefined || only === 'film') await compareWithRaw(join(folder, 'five'), rounds);
  if (only === undefined || only === 'change') await remakeOneOfTen(join(folder, 'ten'), rounds);
  if (only === undefined || only === 'growth') await measureScenes(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
