import type { InstrumentName } from '../synthesis/instruments.ts';
import { bassNote, chordClasses, degreeNote, voicingOf } from './harmony.ts';
import { type Line, type Score, type Section, STEPS_PER_BAR } from './score.ts';

/** A note of a score. Drums have the note 0. */
export interface Note {
  readonly instrument: InstrumentName;
  readonly midi: number;
  /** Steps from the beginning of the score. */
  readonly startStep: number;
  readonly steps: number;
  readonly gain: number;
  readonly pan: number;
  readonly reads: Line['reads'];
}

/** One bar with its harmony. */
export interface Bar {
  readonly section: Section['name'];
  readonly startStep: number;
  /** Number within its section. */
  readonly index: number;
  readonly degree: number;
  /** Notes of its chord, ascending. */
  readonly voicing: readonly number[];
}

/** All bars of the score in order. */
export function barsOf(score: Score): readonly Bar[] {
  let voicing: readonly number[] | null = null;
  return score.sections
    .flatMap(({ name, chords }) => [...chords].map((chord, index) => ({ section: name, index, degree: Number(chord) })))
    .map((bar, at) => {
      voicing = voicingOf(chordClasses(score, bar.degree), voicing);
      return { ...bar, startStep: at * STEPS_PER_BAR, voicing };
    });
}

/** All notes of the score. */
export function notesOf(score: Score): readonly Note[] {
  return barsOf(score).flatMap((bar) =>
    score.lines
      .filter(({ sections }) => sections.includes(bar.section))
      .flatMap((line) => barNotes(score, bar, line, line.bars[bar.index % line.bars.length] ?? '')),
  );
}

function barNotes(score: Score, bar: Bar, line: Line, pattern: string): readonly Note[] {
  const signs = [...pattern];
  return signs.flatMap((sign, at) => {
    if (sign === '.' || sign === '-') return [];
    const next = signs.findIndex((other, place) => place > at && other !== '.');
    const note = {
      instrument: line.instrument,
      startStep: bar.startStep + at,
      steps: (next === -1 ? STEPS_PER_BAR : next) - at,
      gain: line.gain * accent(sign, at, line.reads),
      pan: line.pan ?? 0,
      reads: line.reads,
    };
    return midiOf(score, bar, line, sign).map((midi) => ({ ...note, midi }));
  });
}

/** Soft strokes, and notes between the beats, are quieter. */
function accent(sign: string, step: number, reads: Line['reads']): number {
  if (reads === 'drum') return sign === 'o' ? 0.5 : 1;
  if (reads === 'chord') return 1;
  return step % 4 === 0 ? 1 : 0.82;
}

function midiOf(score: Score, bar: Bar, line: Line, sign: string): readonly number[] {
  const shift = 12 * (line.octave ?? 0);
  const value = Number.parseInt(sign, 13);
  switch (line.reads) {
    case 'drum':
      return [0];
    case 'chord':
      return bar.voicing.map((note) => note + shift);
    case 'arpeggio':
      return [(bar.voicing[value % bar.voicing.length] ?? 0) + 12 * Math.floor(value / bar.voicing.length) + shift];
    case 'bass':
      return [bassNote(score, bar.degree) + (value === 1 ? 0 : value === 8 ? 12 : fifthOf(score, bar.degree)) + shift];
    case 'melody':
      return [degreeNote(score, value) + shift];
    default:
      return line.reads satisfies never;
  }
}

/** Semitones from the root to the chord's fifth: 7, or 6 where the scale has a diminished one. */
function fifthOf(score: Score, degree: number): number {
  return degreeNote(score, degree + 4) - degreeNote(score, degree);
}
