/**
 * Makes the films of the corpus (test/corpus), and a page to look through them.
 *
 *   npm run films -- [--only en/news,de] [--aspect landscape,portrait] [--out films]        (Node 24)
 *
 * For each text the folder gets the MP4, its captions and a contact sheet (one frame a second); index.html shows them with
 * this table: length of the film, time from the command to the file and its ratio to that length, the longest time without a
 * visible change above the captions (goal: at most 6 s), and characters a second of the fastest caption.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCorpus } from '../../../test/corpus/load-corpus.ts';
import { row, say } from '../../shared/measure.ts';
import { type Film, makeFilm, SHAPES } from './make-film.ts';
import { indexPage } from './page.ts';

const GOAL_SECONDS = 6;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    aspect: { type: 'string', default: 'landscape' },
    out: { type: 'string', default: 'films' },
  },
});

const wanted = values.only.split(',').filter((name) => name !== '');
const isWanted = (name: string): boolean =>
  wanted.length === 0 || wanted.some((one) => name === one || name.startsWith(`${one}/`));
const shapes = SHAPES.filter((shape) => values.aspect.split(',').includes(shape));
const out = resolve(values.out);
const dataDir = await mkdtemp(join(tmpdir(), 'autovideo-films-'));
await mkdir(out, { recursive: true });
const films: Film[] = [];
try {
  row('film', 'length, s', 'made in, s', 'ratio', 'still, s', 'from, s');
  for (const text of (await loadCorpus()).filter(({ name }) => isWanted(name)))
    for (const shape of shapes) {
      const film = await makeFilm(text, shape, out, dataDir);
      const { seconds, madeIn, still } = film;
      const figures = [seconds, madeIn, madeIn / seconds, still.seconds, still.from].map((one) => one.toFixed(2));
      row(`${film.name}, ${shape}`, ...figures);
      films.push(film);
    }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
await writeFile(join(out, 'index.html'), indexPage(films));
const longest = Math.max(0, ...films.map(({ still }) => still.seconds));
say(
  `  ${longest <= GOAL_SECONDS ? 'reached' : 'missed '}  ${longest.toFixed(1)} s without a change, goal ≤ ${GOAL_SECONDS}`,
);
say(`  ${join(out, 'index.html')}`);
