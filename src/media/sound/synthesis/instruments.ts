import { drumTone, noiseTone } from './drums.ts';
import { fmTone, pluckTone } from './strings-and-keys.ts';
import { type SynthSettings, synthTone } from './synth.ts';
import type { Tone } from './tone.ts';

export interface Instrument {
  /** Renders a note; `seconds` is its written length. Drums ignore both. */
  readonly render: (note: number, seconds: number) => Tone;
  /** True if its tones decay by themselves, so that one rendering serves notes of every length. */
  readonly decays: boolean;
  /** Whether the reverberation of the room is added. */
  readonly reverb: boolean;
}

const PAD: SynthSettings = {
  slope: 1,
  detuneCents: 7,
  attackSeconds: 0.5,
  decaySeconds: 2,
  sustain: 0.8,
  releaseSeconds: 0.9,
  openHz: 900,
  closedHz: 4_000,
  closeSeconds: 1.2,
};
const STRINGS: SynthSettings = {
  ...PAD,
  slope: 1,
  detuneCents: 9,
  attackSeconds: 0.14,
  sustain: 0.85,
  releaseSeconds: 0.35,
  openHz: 2_400,
  closedHz: 4_500,
  closeSeconds: 0.4,
};
const SPICCATO: SynthSettings = {
  ...STRINGS,
  attackSeconds: 0.012,
  decaySeconds: 0.09,
  sustain: 0.12,
  releaseSeconds: 0.12,
  openHz: 6_000,
  closedHz: 1_800,
  closeSeconds: 0.09,
};
const BASS: SynthSettings = {
  slope: 0.6,
  detuneCents: 0,
  attackSeconds: 0.008,
  decaySeconds: 0.5,
  sustain: 0.55,
  releaseSeconds: 0.08,
  openHz: 2_600,
  closedHz: 900,
  closeSeconds: 0.25,
};
const SYNTH_PLUCK: SynthSettings = {
  slope: 1,
  detuneCents: 6,
  attackSeconds: 0.004,
  decaySeconds: 0.14,
  sustain: 0.05,
  releaseSeconds: 0.15,
  openHz: 7_000,
  closedHz: 1_000,
  closeSeconds: 0.12,
};

const synth = (settings: SynthSettings, reverb = true): Instrument => ({
  render: (note, seconds) => synthTone(note, seconds, settings),
  decays: false,
  reverb,
});
const ringing = (render: (note: number) => Tone, reverb = true): Instrument => ({ render, decays: true, reverb });

/** All instruments. Each renders at a similar loudness; the lines of a score balance them. */
export const INSTRUMENTS = {
  pad: synth(PAD),
  strings: synth(STRINGS),
  spiccato: synth(SPICCATO),
  bass: synth(BASS, false),
  softBass: synth(
    { ...BASS, openHz: 1_600, closedHz: 700, attackSeconds: 0.02, sustain: 0.7, releaseSeconds: 0.2 },
    false,
  ),
  synthPluck: synth(SYNTH_PLUCK),
  guitar: ringing((note) => pluckTone(note, { ringSeconds: 2.2, pickHz: 8_000 })),
  harp: ringing((note) => pluckTone(note, { ringSeconds: 3, pickHz: 7_000 })),
  keys: ringing((note) =>
    fmTone(note, { ratio: 1, index: 2, indexSeconds: 0.5, decaySeconds: 0.5, strokeGain: 0.25, strokeRatio: 7 }),
  ),
  bell: ringing((note) =>
    fmTone(note, { ratio: 2, index: 1.5, indexSeconds: 0.3, decaySeconds: 0.45, strokeGain: 0.3, strokeRatio: 5 }),
  ),
  kick: ringing(
    () => drumTone({ fromHz: 150, toHz: 52, fallSeconds: 0.03, decaySeconds: 0.11, strokeGain: 0.5 }),
    false,
  ),
  taiko: ringing(() => drumTone({ fromHz: 160, toHz: 78, fallSeconds: 0.05, decaySeconds: 0.24, strokeGain: 0.8 })),
  shaker: ringing(
    () => noiseTone({ lowHz: 3_200, highHz: 8_000, attackSeconds: 0.018, decaySeconds: 0.03, strokes: 1 }),
    false,
  ),
  hat: ringing(
    () => noiseTone({ lowHz: 6_000, highHz: 11_000, attackSeconds: 0.001, decaySeconds: 0.035, strokes: 1 }),
    false,
  ),
  clap: ringing(() => noiseTone({ lowHz: 900, highHz: 3_200, attackSeconds: 0.001, decaySeconds: 0.06, strokes: 3 })),
  rim: ringing(() => noiseTone({ lowHz: 1_400, highHz: 2_600, attackSeconds: 0.001, decaySeconds: 0.018, strokes: 1 })),
} as const satisfies Record<string, Instrument>;

export type InstrumentName = keyof typeof INSTRUMENTS;
