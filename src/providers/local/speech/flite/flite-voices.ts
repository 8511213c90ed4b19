import { type BuiltInVoice, primaryOf } from '../built-in-voice.ts';

type Row = readonly [id: string, name: string, languages: readonly string[], flite: string, stretch: number];

const american = ['en', 'en-US'];
const british = ['en-GB', 'en-AU', 'en-IE', 'en-IN', 'en-NZ', 'en-ZA'];

/**
 * English, in order of preference: by the word error rates of docs/decisions/0024-voices.md. The stretch makes 150 to 165
 * words a minute of each speaker, who read at 175 to 210.
 */
const rows: readonly Row[] = [
  ['en-us-rms', 'English (United States), male', american, 'rms', 1.08],
  ['en-us-slt', 'English (United States), female', american, 'slt', 1.2],
  ['en-gb-awb', 'English (Scotland), male', british, 'awb', 1.15],
  ['en-us-kal', 'English (United States), male, synthetic', american, 'kal16', 1.3],
];

export const fliteVoices: readonly BuiltInVoice[] = rows.map(([id, name, languages, voice, stretch]) => ({
  id,
  name,
  languages,
  primary: primaryOf(id),
  request: (pieces, speed) => ({
    program: 'flite',
    voice,
    stretch: Math.round((1000 * stretch) / speed) / 1000,
    pieces,
  }),
}));
