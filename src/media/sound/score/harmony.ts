import type { Score } from './score.ts';

/** The MIDI note of a degree of the scale, 1 being the tonic and 8 its octave. */
export function degreeNote({ tonic, scale }: Score, degree: number): number {
  const index = degree - 1;
  return tonic + 12 * Math.floor(index / scale.length) + (scale[index % scale.length] ?? 0);
}

/** Pitch classes (0 to 11) of the chord on this degree: every second note of the scale, so all are in the scale. */
export function chordClasses(score: Score, degree: number): readonly number[] {
  return Array.from({ length: score.chordNotes }, (_, at) => degreeNote(score, degree + 2 * at) % 12);
}

/** Range of the chords' lowest notes: above the bass, below the melodies. */
const LOWEST = { least: 50, most: 61 } as const;

/**
 * The chord's notes in close position, ascending. Of its inversions the one whose notes move least from those before is
 * taken, as a pianist would.
 */
export function voicingOf(classes: readonly number[], before: readonly number[] | null): readonly number[] {
  const inversions = [];
  for (let lowest = LOWEST.least; lowest <= LOWEST.most; lowest += 1)
    if (classes.includes(lowest % 12)) inversions.push(closePosition(lowest, classes));
  const movement = (notes: readonly number[]): number =>
    notes.reduce((sum, note, at) => sum + Math.abs(note - (before?.[at] ?? 57 + 3 * at)), 0);
  const [first = []] = inversions.sort((one, other) => movement(one) - movement(other));
  return first;
}

function closePosition(lowest: number, classes: readonly number[]): readonly number[] {
  return classes.map((pitch) => lowest + ((((pitch - lowest) % 12) + 12) % 12)).sort((one, other) => one - other);
}

/** The root in the octave from D1 + an octave: 38 to 49, which small speakers reproduce by its harmonics. */
export function bassNote(score: Score, degree: number): number {
  return 38 + ((degreeNote(score, degree) - 38) % 12);
}
