/**
 * How near our assembly comes to the least it can cost: the raw x264 encode of the very same frames.
 *
 *   node bench/assembly.ts [rounds]        (Node 24, FFmpeg)
 *
 * Makes a film of 30 s at 720p25 from five stills with captions and sound, decodes it to a file of raw frames, then takes
 * turns: our assembly from nothing, and `libx264 -preset veryfast` over those frames. Prints medians, and what is made
 * again when one scene of ten changes. CPU seconds are user and system time of the child processes and our own.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClipFolder } from '../src/media/clip-folder.ts';
import { CuttingRoom, type Film } from '../src/media/cutting-room.ts';
import { Ffmpeg } from '../src/media/ffmpeg.ts';
import type { FilmFormat, SceneMedia } from '../src/media/film.ts';
import { inspectFilm } from '../src/media/quality.ts';
import { SoundMix } from '../src/media/sound-mix.ts';
import { formatOf, makeScenes, PlateArtist } from '../test/helpers/media-fixtures.ts';

const SIZE = { width: 1280, height: 720 };
const FORMAT: FilmFormat = formatOf(SIZE, 25, { burnInCaptions: true });
const NARRATION_SECONDS = 5.32;

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 3);
  const folder = await mkdtemp(join(tmpdir(), 'bench-assembly-'));
  try {
    await compareWithRaw(folder, rounds);
    await remakeOneOfTen(folder, rounds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compareWithRaw(folder: string, rounds: number): Promise<void> {
  const ffmpeg = new Ffmpeg();
  const scenes = await benchScenes(join(folder, 'five'), 5);
  const filmPath = join(folder, 'film.mp4');
  const film = await assembleAnew(ffmpeg, folder, scenes);
  const rawPath = join(folder, 'frames.yuv');
  const signal = new AbortController().signal;
  await ffmpeg.run(['-i', `file:${filmPath}`, '-map', '0:v', '-f', 'rawvideo', `file:${rawPath}`], { signal });
  const raw = ['-f', 'rawvideo', '-s', '1280x720', '-r', '25', '-i', `file:${rawPath}`];
  const encode = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', `file:${join(folder, 'raw.mp4')}`];
  const ours: Cost[] = [];
  const theirs: Cost[] = [];
  const checks: Cost[] = [];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(await costOf(() => ffmpeg.run([...raw, ...encode], { signal })));
    ours.push(await costOf(() => assembleAnew(ffmpeg, folder, scenes)));
    const expected = { size: SIZE, frameRate: 25, totalFrames: film.totalFrames };
    checks.push(await costOf(() => inspectFilm(ffmpeg, filmPath, expected, signal)));
  }
  await rm(rawPath);
  say(
    `film: ${film.durationSeconds} s, ${film.totalFrames} frames of 1280x720, ${film.clipsMade} clips; medians of ${rounds} rounds`,
  );
  report('raw x264 veryfast, same frames', theirs);
  report('our assembly, all of it', ours);
  report('inspecting the film (not in the above)', checks);
  say(`ratio to raw: wall ${ratio(ours, theirs, 'wall')}, CPU ${ratio(ours, theirs, 'cpu')}`);
}

async function remakeOneOfTen(folder: string, rounds: number): Promise<void> {
  const ffmpeg = new Ffmpeg();
  const scenes = await benchScenes(join(folder, 'ten'), 10);
  const whole: Cost[] = [];
  const again: Cost[] = [];
  const sound: Cost[] = [];
  let made = 0;
  for (let round = 0; round < rounds; round += 1) {
    whole.push(await costOf(() => assembleAnew(ffmpeg, folder, scenes)));
    const [changed] = await makeScenes(join(folder, 'ten'), [{ ...wish(4), picture: 40 + round }], SIZE);
    const edited = scenes.with(4, changed ?? fail());
    again.push(await costOf(async () => (made = (await assemble(ffmpeg, folder, edited)).clipsMade)));
    sound.push(await costOf(() => mixAlone(ffmpeg, folder, scenes)));
  }
  say(`one picture of ten changed: ${made} clips made again`);
  report('all ten scenes', whole);
  report('after the change, all of it', again);
  report('of which the sound mix, by itself', sound);
  say(`part of the whole: wall ${ratio(again, whole, 'wall')}, CPU ${ratio(again, whole, 'cpu')}`);
}

async function assembleAnew(ffmpeg: Ffmpeg, folder: string, scenes: readonly SceneMedia[]): Promise<Film> {
  await rm(join(folder, 'clips'), { recursive: true, force: true });
  return assemble(ffmpeg, folder, scenes);
}

function assemble(ffmpeg: Ffmpeg, folder: string, scenes: readonly SceneMedia[]): Promise<Film> {
  const tempDir = join(folder, 'temp');
  const clips = new ClipFolder(join(folder, 'clips'));
  const room = new CuttingRoom({ ffmpeg, captions: new PlateArtist(), clips, tempDir, parallel: 2 });
  const signal = new AbortController().signal;
  return room.assemble({ scenes, format: FORMAT, outputPath: join(folder, 'film.mp4'), signal });
}

function mixAlone(ffmpeg: Ffmpeg, folder: string, scenes: readonly SceneMedia[]): Promise<string> {
  const sceneSamples = 48_000 * (NARRATION_SECONDS + 0.6);
  const voices = scenes.map(({ voicePath }, at) => ({ path: voicePath, startSample: Math.round(at * sceneSamples) }));
  const samples = Math.round(scenes.length * sceneSamples);
  const signal = new AbortController().signal;
  return new SoundMix(ffmpeg).mix({ voices, samples, folder, signal, onProgress: () => undefined });
}

function benchScenes(folder: string, count: number): Promise<SceneMedia[]> {
  return makeScenes(
    folder,
    Array.from({ length: count }, (_, at) => wish(at)),
    SIZE,
  );
}

function wish(at: number) {
  const cues = [
    { startSeconds: 0, endSeconds: 2.6, lines: ['A line of words that', 'stands for a caption'] },
    { startSeconds: 2.7, endSeconds: 5.3, lines: ['and another one after it'] },
  ];
  return { id: `scene-${at}`, narrationSeconds: NARRATION_SECONDS, cues };
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const cpuBefore = cpuSeconds();
  const before = performance.now();
  await work();
  return { wall: (performance.now() - before) / 1000, cpu: cpuSeconds() - cpuBefore };
}

/** User and system time of this process and of the children it has waited for: proc(5), /proc/pid/stat, fields 14 to 17. */
function cpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // The first field after the name is number 3; ticks are a hundredth of a second on every Linux that Node runs on.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}

function median(costs: readonly Cost[], of: keyof Cost): number {
  const sorted = costs.map((cost) => cost[of]).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function ratio(ours: readonly Cost[], theirs: readonly Cost[], of: keyof Cost): string {
  return (median(ours, of) / median(theirs, of)).toFixed(2);
}

function report(name: string, costs: readonly Cost[]): void {
  say(
    `  ${name.padEnd(42)} wall ${median(costs, 'wall').toFixed(2).padStart(6)} s   CPU ${median(costs, 'cpu').toFixed(2).padStart(6)} s`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(): never {
  throw new Error('No scene was made.');
}

await main();
