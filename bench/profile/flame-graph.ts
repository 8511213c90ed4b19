/**
 * Draws a CPU profile as a flame graph: callers below callees, widths in proportion to time.
 *
 *   BENCH_NODE_FLAGS="--cpu-prof --cpu-prof-dir=/tmp/profile" npm run bench -- --only list --rounds 1
 *   node bench/profile/flame-graph.ts --skip 5 /tmp/profile/….cpuprofile > docs/list.svg        (the first 5 s are the start)
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const WIDTH = 1_400;
const ROW = 17;
const TITLE = 44;
/** Narrower frames are left out, as a fraction of the whole. */
const LEAST = 0.003;
const LETTER = 6.2;
const FONT = 'font-family="system-ui, sans-serif" font-size="11"';

/** The first matching kind determines the colour of a frame and its name in the legend. */
const KINDS = [
  { name: 'running plans', colour: '#e8743b', fits: (url: string) => isOurs(url) && url.includes('/execution/') },
  { name: 'our server and guards', colour: '#f2b134', fits: isOurs },
  { name: 'graphql-js, type-graphql', colour: '#ed4a7b', fits: (url: string) => /\/(type-)?graphql/.test(url) },
  {
    name: 'Fastify',
    colour: '#5899da',
    fits: (url: string) => /\/(fastify|find-my-way|secure-json-parse)\//.test(url),
  },
  { name: 'the bundle', colour: '#13a4b4', fits: (url: string) => url.includes('/dist/program') },
  { name: 'other libraries', colour: '#19a979', fits: (url: string) => url.includes('/node_modules/') },
  { name: 'Node and V8', colour: '#b8bfc6', fits: () => true },
];

const profileShape = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      callFrame: z.object({ functionName: z.string(), url: z.string() }),
      children: z.array(z.int()).optional(),
    }),
  ),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
});
type Profile = z.infer<typeof profileShape>;

interface Frame {
  readonly name: string;
  readonly url: string;
  /** Microseconds, including the frames above. */
  time: number;
  readonly above: Map<string, Frame>;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { skip: { type: 'string', default: '0' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  const skip = Number(values.skip) * 1e6;
  if (file === undefined || Number.isNaN(skip))
    throw new Error('Name a profile: node bench/profile/flame-graph.ts --skip 5 FILE.cpuprofile');
  const profile = profileShape.parse(JSON.parse(await readFile(file, 'utf8')));
  process.stdout.write(picture(framesOf(profile, skip)));
}

/** The stacks while the process did not wait, without the time before `skip` (µs). */
function framesOf({ nodes, samples, timeDeltas }: Profile, skip: number): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const below = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const root = frame('all', '');
  let clock = 0;
  samples.forEach((sample, index) => {
    const time = timeDeltas[index] ?? 0;
    clock += time;
    if (clock < skip || byId.get(sample)?.callFrame.functionName === '(idle)') return;
    root.time += time;
    let top = root;
    for (const id of stackOf(sample, below)) top = grow(top, byId.get(id)?.callFrame, time);
  });
  if (root.time === 0) throw new Error('Nothing ran in this profile after the part that is skipped.');
  return root;
}

function stackOf(sample: number, below: ReadonlyMap<number, number>): number[] {
  const stack: number[] = [];
  for (let id: number | undefined = sample; id !== undefined; id = below.get(id)) stack.unshift(id);
  return stack.slice(1); // without the profile's own root
}

function grow(below: Frame, call: Profile['nodes'][number]['callFrame'] | undefined, time: number): Frame {
  const name = call?.functionName || '(anonymous)';
  const url = call?.url ?? '';
  const one = below.above.get(`${name} ${url}`) ?? frame(name, url);
  below.above.set(`${name} ${url}`, one);
  one.time += time;
  return one;
}

function frame(name: string, url: string): Frame {
  return { name, url, time: 0, above: new Map() };
}

function picture(root: Frame): string {
  const depth = depthOf(root, LEAST * root.time);
  const height = TITLE + depth * ROW + 8;
  const scale = WIDTH / root.time;
  const parts: string[] = [];
  const draw = (one: Frame, left: number, level: number): void => {
    parts.push(box(one, { left, width: one.time * scale, top: height - (level + 1) * ROW, whole: root.time }));
    let next = left;
    for (const above of [...one.above.values()].toSorted((a, b) => b.time - a.time)) {
      if (above.time >= LEAST * root.time) draw(above, next, level + 1);
      next += above.time * scale;
    }
  };
  draw(root, 0, 0);
  const size = `width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${FONT}>\n<rect width="100%" height="100%" fill="#fff"/>\n${legend(root)}\n${parts.join('\n')}\n</svg>\n`;
}

function box(one: Frame, at: { left: number; width: number; top: number; whole: number }): string {
  const share = ((100 * one.time) / at.whole).toFixed(1);
  const place = `x="${at.left.toFixed(1)}" y="${at.top}" width="${Math.max(at.width - 0.5, 0.3).toFixed(1)}" height="${ROW - 1}"`;
  const letters = Math.floor((at.width - 4) / LETTER);
  const label =
    letters < 3
      ? ''
      : `<text x="${(at.left + 3).toFixed(1)}" y="${at.top + 12}">${escaped(one.name.slice(0, letters))}</text>`;
  const file = one.url.split('/').slice(-2).join('/');
  return `<g><title>${escaped(`${one.name} ${file} ${share} %`)}</title><rect ${place} rx="1" fill="${kindOf(one).colour}"/>${label}</g>`;
}

/** Each kind with the share of time in which it was on top of the stack. */
function legend(root: Frame): string {
  const shares = new Map(KINDS.map((kind) => [kind, 0]));
  const count = (one: Frame): void => {
    const own = [...one.above.values()].reduce((rest, above) => rest - above.time, one.time);
    shares.set(kindOf(one), (shares.get(kindOf(one)) ?? 0) + own);
    one.above.forEach(count);
  };
  count(root);
  let left = 8;
  return KINDS.map((kind) => {
    const text = `${kind.name} ${((100 * (shares.get(kind) ?? 0)) / root.time).toFixed(0)} %`;
    const entry = `<rect x="${left.toFixed(0)}" y="12" width="12" height="12" fill="${kind.colour}"/><text x="${(left + 17).toFixed(0)}" y="22">${text}</text>`;
    left += 40 + text.length * LETTER;
    return entry;
  }).join('\n');
}

function kindOf({ url }: Frame): (typeof KINDS)[number] {
  const kind = KINDS.find(({ fits }) => fits(url));
  if (!kind) throw new TypeError('The last kind must match everything.');
  return kind;
}

function isOurs(url: string): boolean {
  return url.includes('/src/') && !url.includes('/node_modules/');
}

function depthOf(one: Frame, least: number): number {
  const above = [...one.above.values()].filter(({ time }) => time >= least);
  return 1 + Math.max(0, ...above.map((next) => depthOf(next, least)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

await main();
