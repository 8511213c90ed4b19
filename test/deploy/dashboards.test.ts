import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_BOARDS, dashboardFiles } from '../../scripts/dashboards/files.ts';

const FOLDER = 'deploy/grafana/dashboards';
const panels = ALL_BOARDS.flatMap((board) => board.panels.map((panel) => ({ board: board.name, ...panel })));

describe('The dashboards of Grafana', () => {
  it('are what `npm run dashboards` writes', () => {
    const files = dashboardFiles();
    expect(readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`)).toEqual(Object.keys(files).sort());
    for (const [path, text] of Object.entries(files)) expect(readFileSync(path, 'utf8'), path).toBe(text);
  });

  it('are those of an operator: the overview, queues, providers, the API and the database', () => {
    expect(ALL_BOARDS.map(({ name }) => name)).toEqual(['overview', 'queues', 'providers', 'api', 'database']);
    for (const { name, panels: shown } of ALL_BOARDS) expect(shown.length, name).toBeLessThanOrEqual(9);
  });

  it('say at each panel how to read it', () => {
    for (const { title, description } of panels) expect(description, title).toMatch(/^[A-Z0-9].{15,200}\.$/);
    const titles = panels.map(({ board, title }) => `${board} ${title}`);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('have room for each panel beside the others', () => {
    const places = Object.values(dashboardFiles()).map((text) =>
      Array.from(text.matchAll(/"x": (\d+),\s+"y": (\d+)/g), ([, x, y]) => `${x} ${y}`),
    );
    for (const taken of places) expect(new Set(taken).size).toBe(taken.length);
    expect(places.flat()).toHaveLength(panels.length);
  });
});
