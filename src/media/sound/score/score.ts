import type { InstrumentName } from '../synthesis/instruments.ts';

/**
 * A section of a score: I intro, A and B the two themes, R the return of A, O outro, after which the intro follows
 * again.
 */
export type SectionName = 'I' | 'A' | 'B' | 'R' | 'O';

export interface Section {
  readonly name: SectionName;
  /** One chord a bar, as the degree of its root in the scale: "1645". */
  readonly chords: string;
}

/** What one instrument plays in some of the sections. Bars have four beats in 16 steps, and patterns repeat. */
export interface Line {
  readonly instrument: InstrumentName;
  readonly sections: readonly SectionName[];
  /**
   * How the characters of `bars` are read:
   * - `drum`: "x" is a stroke and "o" a soft one.
   * - `chord`: "x" is the whole chord, held until the next character.
   * - `arpeggio`: "0" is the lowest note of the chord, "1" the next one and so on over two octaves.
   * - `bass`: "1" is the root, "5" its fifth and "8" its octave.
   * - `melody`: "1" to "9", "a", "b", "c" are the degrees 1 to 12 of the scale.
   *
   * Everywhere "." continues what sounds, and "-" ends it.
   */
  readonly reads: 'drum' | 'chord' | 'arpeggio' | 'bass' | 'melody';
  readonly bars: readonly string[];
  readonly gain: number;
  /** -1 is left and 1 is right; the centre by default. */
  readonly pan?: number;
  /** Octaves above the usual position; 0 by default. */
  readonly octave?: number;
}

export interface Score {
  readonly beatsPerMinute: number;
  /** MIDI note of the scale's first degree, in the octave of the melodies. */
  readonly tonic: number;
  /** Semitones of the seven degrees above the first. */
  readonly scale: readonly number[];
  /** Notes of a chord: 3, or 4 with its seventh. */
  readonly chordNotes: 3 | 4;
  readonly sections: readonly Section[];
  readonly lines: readonly Line[];
}

export const MAJOR: readonly number[] = [0, 2, 4, 5, 7, 9, 11];
export const MINOR: readonly number[] = [0, 2, 3, 5, 7, 8, 10];

export const STEPS_PER_BAR = 16;
const BEATS_PER_BAR = 4;

export function stepSeconds({ beatsPerMinute }: Score): number {
  return (60 * BEATS_PER_BAR) / beatsPerMinute / STEPS_PER_BAR;
}
