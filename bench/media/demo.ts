/**
 * The cost of the demo's film: seconds, and seconds of processor time, for each second of film.
 *
 *   node bench/media/demo.ts [--entry dist/main.js] [--against OTHER/dist/main.js] [--rounds 3]        (Node 24, FFmpeg)
 *
 * The request is the time from the request for the video to its file, as the program prints it; the whole also has the start
 * and the end of the program, with its own PostgreSQL and Redis, which exist already. There are no clips of earlier films.
 * `--against` is another build of the program, which takes turns with this one; the result is the median of
 * the rounds' ratios. A build from before a change shows what the change costs on this machine today.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { median, say } from '../shared/measure.ts';
import { type Cost, costOf } from './measure.ts';

const { values } = parseArgs({
  options: {
    entry: { type: 'string', default: 'dist/main.js' },
    against: { type: 'string' },
    rounds: { type: 'string', default: '3' },
  },
});
const GOAL = 0.3;

interface FilmCost extends Cost {
  /** From the request for the video to its file. */
  readonly request: number;
}

/** One build of the program, with a folder for its data. */
class Build {
  readonly name: string;
  readonly #entry: string;
  readonly #folder: string;
  readonly costs: FilmCost[] = [];

  constructor(name: string, entry: string, folder: string) {
    this.name = name;
    this.#entry = entry;
    this.#folder = folder;
  }

  /** Makes the film and adds its cost for each second of it. */
  async make(): Promise<void> {
    const path = join(this.#folder, 'demo.mp4');
    const dataDir = join(this.#folder, 'data');
    const args = [this.#entry, 'make', '--demo', '--out', path, '--force'];
    await rm(join(dataDir, 'clips'), { recursive: true, force: true });
    let output = '';
    const { wall, cpu } = await costOf(async () => {
      const env = { ...process.env, DATA_DIR: dataDir };
      output = (await promisify(execFile)(process.execPath, args, { env })).stdout;
    });
    const request = Number(/Made in\s+([\d.]+) s/.exec(output)?.[1]);
    const { format } = await new Ffmpeg().probe(path, new AbortController().signal);
    const seconds = format.duration ?? Number.NaN;
    this.costs.push({ request: request / seconds, wall: wall / seconds, cpu: cpu / seconds });
  }

  /** The first film also creates the database. */
  async prepare(): Promise<void> {
    await mkdir(this.#folder);
    await this.make();
    this.costs.length = 0;
  }
}

function show({ name, costs }: Build): void {
  const part = (of: keyof FilmCost) => costs.map((cost) => cost[of]);
  const figures = (of: keyof FilmCost) => `${median(part(of)).toFixed(2)} (worst ${Math.max(...part(of)).toFixed(2)})`;
  const whole = `the whole program ${figures('wall')} s, processor ${figures('cpu')} s`;
  say(`  ${name.padEnd(12)} request to file ${figures('request')} s, ${whole} for each second of film`);
}

async function main(folder: string): Promise<void> {
  const ours = new Build('this build', values.entry, join(folder, 'ours'));
  const other = values.against === undefined ? [] : [new Build('the other', values.against, join(folder, 'other'))];
  const builds = [ours, ...other];
  for (const build of builds) await build.prepare();
  for (let round = 0; round < Number(values.rounds); round += 1) for (const build of builds) await build.make();
  for (const build of builds) show(build);
  for (const { costs } of other) {
    const ratio = (of: keyof FilmCost) =>
      median(ours.costs.map((cost, at) => cost[of] / (costs[at]?.[of] ?? Number.NaN))).toFixed(2);
    say(`  this build / the other: ${ratio('request')} by time of the request, ${ratio('cpu')} by processor time`);
  }
  const time = median(ours.costs.map(({ request }) => request));
  say(
    `  ${time <= GOAL ? 'reached' : 'missed '}  from the request to the file, the film takes at most ${GOAL} of its length`,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'autovideo-bench-'));
try {
  await main(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
