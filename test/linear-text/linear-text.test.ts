import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { superlinear, type Task } from './growth.ts';
import { PARSERS } from './parsers.ts';
import { shapesFor } from './shapes.ts';
import type { Subject } from './subject.ts';
import { SUBJECTS } from './subjects.ts';

/** Processor time decides, not this: other work on the machine may take most of it. */
const SLOW = 180_000;

/** Modules with functions over texts of users. */
const MODULES = [
  'src/language/**/*.ts',
  'src/providers/local/**/*.ts',
  'src/providers/voices/**/*.ts',
  'src/media/captions/*.ts',
  'src/drawing/*.ts',
  'src/overlays/**/*.ts',
];
/** Draws shapes and reads no text. */
const DRAWING = ['src/providers/local/cards/scenery/**'];

const FUNCTIONS: readonly (readonly [name: string, subject: Subject])[] = Object.entries(SUBJECTS).flatMap(
  ([module, exports]) =>
    typeof exports === 'string'
      ? []
      : Object.entries(exports).flatMap(([name, subject]) =>
          typeof subject === 'string' ? [] : [[`${module} ${name}`, subject] as const],
        ),
);

describe('A function that reads a text', () => {
  for (const [index, [name, subject]] of FUNCTIONS.entries())
    it(`${name} takes linear time`, async () => expect(await faultsOf(subject, index)).toEqual([]), SLOW);
});

describe('A function of a library that reads a text', () => {
  for (const [index, [name, subject]] of Object.entries(PARSERS).entries())
    it(`${name} takes linear time`, async () => expect(await faultsOf(subject, index)).toEqual([]), SLOW);
});

describe('The list of functions', () => {
  it('has every exported function of the modules that handle texts', async () => {
    const found = MODULES.map((pattern) => globSync(pattern, { exclude: DRAWING }));
    // A pattern without files would check nothing after a folder is renamed.
    for (const files of found) expect(files).not.toEqual([]);
    const files = found.flat().filter((file) => !/\.(?:test|d)\.ts$/u.test(file));
    const missing: string[] = [];
    for (const file of files.toSorted()) {
      const known = SUBJECTS[file];
      if (known === undefined) missing.push(`${file}: add this module to test/linear-text/subjects/`);
      if (known === undefined || typeof known === 'string') continue;
      const exports: Record<string, unknown> = await import(resolve(file));
      for (const [name, value] of Object.entries(exports))
        if (typeof value === 'function' && !(name in known))
          missing.push(`${file} ${name}: add to test/linear-text/subjects/ how to call it with a text`);
    }
    expect(missing).toEqual([]);
  });

  it('has no removed function', async () => {
    const removed: string[] = [];
    for (const [file, known] of Object.entries(SUBJECTS)) {
      if (typeof known === 'string') continue;
      const exports: Record<string, unknown> = await import(resolve(file));
      for (const name of Object.keys(known)) if (!(name in exports)) removed.push(`${file} ${name}`);
    }
    expect(removed).toEqual([]);
  });
});

describe('The measurement', () => {
  const text = (length: number) => 'a'.repeat(length);
  const found = async (task: Task, limit: number) => (await superlinear(task, text, limit)) !== undefined;
  /** Beside a load one measurement in some hundred is too short by chance: the next run of the tests finds the fault. */
  const foundInThree = async (task: Task, limit: number) =>
    (await found(task, limit)) || (await found(task, limit)) || (await found(task, limit));

  it('finds a quadratic loop', async () => {
    // Its time is that of the inner loop alone: where each step of the outer loop also has a cost of its own, 4 times
    // the text takes less than 16 times as long.
    const pairs: Task = (one) => {
      let equal = 0;
      for (const first of one) for (const second of one) if (first === second) equal += 1;
      return equal;
    };
    expect(await foundInThree(pairs, 8_000)).toBe(true);
  });

  it('finds a quadratic regular expression', async () => {
    expect(await foundInThree((one) => /a+b/u.test(one), 10_000)).toBe(true);
  });

  it('finds a stack overflow', async () => {
    const task: Task = (one) => Math.max(...Array.from(one.repeat(400), () => 1));
    await expect(found(task, 8_000)).rejects.toThrow('call stack');
  });

  it('accepts a linear function', async () => {
    expect(await found((one) => Array.from(one.matchAll(/[ab]/gu), ([letter]) => letter.toUpperCase()), 20_000)).toBe(
      false,
    );
  });
});

/** A sentence for each shape for which a function takes more than linear time. */
async function faultsOf({ task, limit }: Subject, index: number): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, shape] of shapesFor(index)) {
    const growth = await superlinear(task, shape, limit);
    if (growth)
      faults.push(
        `${name}: 4 times the text (to ${growth.length} units) takes ${growth.ratio.toFixed(1)} times as long`,
      );
  }
  return faults;
}
