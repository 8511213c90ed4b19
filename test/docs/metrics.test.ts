import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { useApp } from '../helpers/fixtures.ts';

const app = useApp({ worker: false });

/** Of Node and the process; the page names them together. */
const COMMON = /^(?:process|nodejs)_/;

/** Names with their types and labels, as the tables of the page have them. */
function documented(): Map<string, { type: string; labels: readonly string[] }> {
  const rows = readFileSync('docs/operations/metrics.md', 'utf8').matchAll(
    /^\| `([a-z0-9_]+)` \| (counter|gauge|histogram)[^|]{0,20} \|([^|]{0,100})\|/gm,
  );
  return new Map(
    rows.map(([, name = '', type = '', labels = '']) => [
      name,
      { type, labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label).sort() },
    ]),
  );
}

it('The page of the metrics has all of /metrics, and nothing else', async () => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const served = new Map(text.matchAll(/^# TYPE (\w+) (\w+)$/gm).map(([, name = '', type = '']) => [name, type]));
  const ours = [...served].filter(([name]) => !COMMON.test(name)).sort();
  expect([...documented()].map(([name, { type }]) => [name, type]).sort()).toEqual(ours);
  expect(served.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
});

it('The page has the labels of every metric that has figures', async () => {
  await fetch(`${app.url}/livez`);
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const pages = documented();
  const shown = new Map<string, Set<string>>();
  for (const [, series = '', given = ''] of text.matchAll(/^(\w+)(?:\{(.{0,500})\})? \S+$/gm)) {
    const name = series.replace(/_(?:bucket|sum|count)$/, '');
    if (COMMON.test(name)) continue;
    const labels = [...given.matchAll(/(\w+)="/g)].map(([, label = '']) => label).filter((label) => label !== 'le');
    shown.set(name, new Set(labels));
  }
  expect(shown.size).toBeGreaterThan(12);
  for (const [name, labels] of shown) expect([...labels].sort(), name).toEqual(pages.get(name)?.labels);
});
