import { type BuiltInVoice, primaryOf } from '../built-in-voice.ts';

type Row = readonly [
  id: string,
  name: string,
  languages: readonly string[],
  flite: string,
  stretch: number,
  stretchesSound: boolean,
];

const american = ['en', 'en-US'];
const british = ['en-GB', 'en-AU', 'en-IE', 'en-IN', 'en-NZ', 'en-ZA'];

/**
 * English, in order of preference: by the word error rates of docs/decisions/0024-voices.md. The stretch makes 150 to 165
 * words a minute of each speaker, who read at 175 to 210. A recogniser understands rms and slt better if their sound is
 * stretched than if Flite speaks slowly, and kal worse.
 */
const rows: readonly Row[] = [
  ['en-us-rms', 'English (United States), male', american, 'rms', 1.08, true],
  ['en-us-slt', 'English (United States), female', american, 'slt', 1.2, true],
  ['en-gb-awb', 'English (Scotland), male', british, 'awb', 1.15, false],
  ['en-us-kal', 'English (United States), male, synthetic', american, 'kal16', 1.3, false],
];

export const fliteVoices: readonly BuiltInVoice[] = rows.map(
  ([id, name, languages, voice, stretch, stretchesSound]) => ({
    id,
    name,
    languages,
    primary: primaryOf(id),
    request: (pieces, speed) => ({
      program: 'flite',
      voice,
      ...stretchesFor(stretch / speed, stretchesSound),
      pieces,
    }),
  }),
);

/** The sound is stretched by at most this factor; what is left is Flite's, and so is faster speech. */
const MOST_STRETCHED = 2;

function stretchesFor(factor: number, stretchesSound: boolean) {
  const soundStretch = stretchesSound ? Math.min(MOST_STRETCHED, Math.max(1, factor)) : 1;
  const rounded = (value: number): number => Math.round(1000 * value) / 1000;
  return { stretch: rounded(factor / soundStretch), soundStretch: rounded(soundStretch) };
}
