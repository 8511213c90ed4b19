import { describe, expect, it } from 'vitest';
import { chordClasses, degreeNote } from '../harmony.ts';
import { barsOf, type Note, notesOf } from '../notes.ts';
import { type Score, STEPS_PER_BAR } from '../score.ts';
import { BRIGHT } from './bright.ts';
import { CALM } from './calm.ts';
import { DRAMATIC } from './dramatic.ts';
import { ENERGETIC } from './energetic.ts';
import { SERIOUS } from './serious.ts';

const SCORES: readonly (readonly [string, Score])[] = Object.entries({ CALM, BRIGHT, SERIOUS, ENERGETIC, DRAMATIC });

function pitched(score: Score): readonly Note[] {
  return notesOf(score).filter(({ reads }) => reads !== 'drum');
}

/** The pitch classes of the chord that sounds at this step. */
function chordAt(score: Score, step: number): readonly number[] {
  const bar = barsOf(score)[Math.floor(step / STEPS_PER_BAR)];
  if (bar === undefined) throw new Error(`There is no bar at step ${step}.`);
  return chordClasses(score, bar.degree);
}

describe.each(SCORES)('The score %s', (_, score) => {
  it('has an intro, two themes, the return of the first and an outro', () => {
    expect(score.sections.map(({ name }) => name)).toEqual(['I', 'A', 'B', 'R', 'O']);
  });

  it('has bars of 16 steps whose signs have a meaning', () => {
    const signs = { drum: /^[xo.-]*$/, chord: /^[x.-]*$/, arpeggio: /^[0-9.-]*$/, bass: /^[158.-]*$/ };
    for (const { bars, reads } of score.lines)
      for (const bar of bars) {
        expect(bar === '' || bar.length === STEPS_PER_BAR, bar).toBe(true);
        expect(bar).toMatch(reads === 'melody' ? /^[1-9a-c.-]*$/ : signs[reads]);
      }
  });

  it('uses only notes of its scale', () => {
    const scale = new Set(Array.from({ length: 7 }, (_, at) => degreeNote(score, at + 1) % 12));
    for (const { midi } of pitched(score)) expect(scale.has(midi % 12)).toBe(true);
  });

  it('has notes of the chord on the strong beats of its melodies', () => {
    const melodies = pitched(score).filter(({ reads }) => reads === 'melody');
    expect(melodies.length).toBeGreaterThan(30);
    for (const { midi, startStep } of melodies.filter((note) => note.startStep % 8 === 0))
      expect(chordAt(score, startStep), `step ${startStep}`).toContain(midi % 12);
  });

  it('has only notes of the chord where a melody rests for more than a beat', () => {
    const held = pitched(score).filter(({ reads, steps }) => reads === 'melody' && steps > 4);
    expect(held.length).toBeGreaterThan(8);
    for (const { midi, startStep } of held) expect(chordAt(score, startStep), `step ${startStep}`).toContain(midi % 12);
  });

  it('leads the voices of its chords by small steps', () => {
    const bars = barsOf(score);
    for (const [index, { voicing }] of bars.entries()) {
      const before = bars[index - 1]?.voicing ?? voicing;
      const steps = voicing.map((note, at) => Math.abs(note - (before[at] ?? note)));
      expect(Math.max(...steps)).toBeLessThanOrEqual(5);
      expect(Math.min(...voicing)).toBeGreaterThanOrEqual(50);
    }
  });

  it('has bass, pulse and melody in its themes', () => {
    const reads = (section: string) =>
      new Set(
        score.lines.filter(({ sections }) => sections.some((name) => name === section)).map((line) => line.reads),
      );
    for (const section of ['A', 'B', 'R'])
      expect([...reads(section)]).toEqual(expect.arrayContaining(['bass', 'drum', 'arpeggio', 'chord', 'melody']));
  });
});
