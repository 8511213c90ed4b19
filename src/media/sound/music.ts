import { writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { canceled } from '../../errors.ts';
import { blockPowers, lufsOf } from './k-weighting.ts';
import { BRIGHT } from './score/moods/bright.ts';
import { CALM } from './score/moods/calm.ts';
import { DRAMATIC } from './score/moods/dramatic.ts';
import { ENERGETIC } from './score/moods/energetic.ts';
import { SERIOUS } from './score/moods/serious.ts';
import { barsOf, type Note, notesOf } from './score/notes.ts';
import { type Score, STEPS_PER_BAR, stepSeconds } from './score/score.ts';
import { INSTRUMENTS, type Instrument } from './synthesis/instruments.ts';
import { addReverb } from './synthesis/reverb.ts';
import { MUSIC_RATE, type Tone } from './synthesis/tone.ts';
import { stereoWav } from './wav.ts';

/** The built-in music; any other mood without a file of its own sounds like "calm". */
const SCORES = { calm: CALM, bright: BRIGHT, serious: SERIOUS, energetic: ENERGETIC, dramatic: DRAMATIC } as const;
export type Mood = keyof typeof SCORES;
export const MOODS = Object.keys(SCORES).filter((name): name is Mood => name in SCORES);

/** Integrated loudness of the music of every mood; its peaks stay below full scale. */
export const MUSIC_LUFS = -20;
const REVERB_GAIN = 0.16;
/** The tones of this many notes are rendered and added before the event loop runs again: some milliseconds. */
const NOTES_AT_ONCE = 40;
/** Blocks in which the loudness is measured, and the time over which differences between sections are reduced. */
const BLOCK_SECONDS = 0.25;
const LEVELLING_SECONDS = 5;

/** Composes the music of a mood into a new file, see `composeBed`. */
export type WriteBed = (mood: string, path: string, signal: AbortSignal) => Promise<void>;

/** In the thread that composes, so that megabytes need not be handed over. Throws what `composeBed` and `writeFile` throw. */
export async function writeBed(mood: string, path: string, signal: AbortSignal): Promise<void> {
  const music = await composeBed(mood, signal);
  await writeFile(path, music, { signal });
  freeBuffers([music]);
}

/**
 * Music of 60 to 90 s with intro, two themes and outro, as a WAV file that loops: a tone that sounds past its end
 * continues at its beginning. The same mood gives the same bytes. All sounds are computed, so the music is free of
 * third-party rights. Throws CANCELED when the signal aborts.
 */
export async function composeBed(mood: string, signal: AbortSignal): Promise<Uint8Array> {
  const score = SCORES[MOODS.find((known) => known === mood) ?? 'calm'];
  const length = Math.round(barsOf(score).length * STEPS_PER_BAR * stepSeconds(score) * MUSIC_RATE);
  const bus = { left: new Float32Array(length), right: new Float32Array(length) };
  const notes = notesOf(score);
  // One bus for both kinds of notes: each takes 15 MB.
  await addNotes(
    bus,
    notes.filter(({ instrument }) => INSTRUMENTS[instrument].reverb),
    score,
    signal,
  );
  addReverb(bus.left, bus.right, REVERB_GAIN);
  await addNotes(
    bus,
    notes.filter(({ instrument }) => !INSTRUMENTS[instrument].reverb),
    score,
    signal,
  );
  level(bus);
  await pause(signal);
  const music = stereoWav(bus.left, bus.right, MUSIC_RATE);
  freeBuffers([bus.left, bus.right]);
  return music;
}

async function addNotes(bus: Tone, notes: readonly Note[], score: Score, signal: AbortSignal): Promise<void> {
  const tones = new Map<string, Tone>();
  for (const [index, note] of notes.entries()) {
    addNote(bus, note, toneOf(tones, score, note, INSTRUMENTS[note.instrument]), score);
    if (index % NOTES_AT_ONCE === 0) await pause(signal);
  }
  freeBuffers([...tones.values()].flatMap(({ left, right }) => [left, right]));
  await pause(signal);
}

/** Frees the samples at once: an idle thread, which composes for every film, runs no garbage collection, and would hold 30 MB. */
function freeBuffers(samples: readonly (Float32Array | Uint8Array)[]): void {
  const buffers = new Set(samples.map(({ buffer }) => buffer));
  for (const buffer of buffers) if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

async function pause(signal: AbortSignal): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw canceled(signal);
}

/** Each tone is rendered once, though it may be played a hundred times. */
function toneOf(tones: Map<string, Tone>, score: Score, note: Note, instrument: Instrument): Tone {
  const key = `${note.instrument} ${note.midi} ${instrument.decays ? '' : note.steps}`;
  const known = tones.get(key);
  if (known !== undefined) return known;
  const tone = instrument.render(note.midi, note.steps * stepSeconds(score));
  tones.set(key, tone);
  return tone;
}

function addNote(bus: Tone, note: Note, tone: Tone, score: Score): void {
  const start = Math.round(note.startStep * stepSeconds(score) * MUSIC_RATE);
  // Constant power: a note is as loud at the side as in the centre.
  const angle = ((1 + note.pan) * Math.PI) / 4;
  addTone(bus, tone, start, [note.gain * Math.SQRT2 * Math.cos(angle), note.gain * Math.SQRT2 * Math.sin(angle)]);
}

/** Adds a tone to a bus; the part beyond the end of the loop continues at its beginning. */
function addTone({ left, right }: Tone, tone: Tone, start: number, [toLeft, toRight]: readonly [number, number]): void {
  for (let from = 0; from < tone.left.length; ) {
    const place = (start + from) % left.length;
    const shift = from - place;
    const end = Math.min(place + tone.left.length - from, left.length);
    for (let at = place; at < end; at += 1) {
      left[at] = (left[at] ?? 0) + (tone.left[at + shift] ?? 0) * toLeft;
      right[at] = (right[at] ?? 0) + (tone.right[at + shift] ?? 0) * toRight;
    }
    from += end - place;
  }
}

/**
 * Gives the music its loudness, and every section nearly the same: a short film has only the intro, and its music has
 * the distance to the voice that a long film has.
 */
function level({ left, right }: Tone): void {
  const block = Math.round(BLOCK_SECONDS * MUSIC_RATE);
  const powers = blockPowers(left, right, MUSIC_RATE, block);
  const gains = levellingGains(powers);
  const levelled = powers.map((power, at) => power * (gains[at] ?? 1) ** 2);
  const gain = 10 ** ((MUSIC_LUFS - lufsOf(meanOf(levelled))) / 20);
  const total = gains.map((levelling) => levelling * gain);
  for (const track of [left, right]) applyGains(track, total, block);
}

/** A gain for each block, relative to the whole music: what its surroundings lack in loudness, at most 6 dB. */
function levellingGains(powers: Float64Array): Float64Array {
  const reach = Math.round(LEVELLING_SECONDS / BLOCK_SECONDS / 2);
  const mean = meanOf(powers);
  return powers.map((_, block) => {
    let sum = 0;
    for (let at = block - reach; at <= block + reach; at += 1) sum += powers[(at + powers.length) % powers.length] ?? 0;
    const around = sum / (2 * reach + 1);
    return Math.min(2, Math.max(0.5, Math.sqrt(mean / Math.max(around, mean * 1e-3))));
  });
}

/** Applies the gain of each block, interpolated; samples above half of full scale approach it without reaching it. */
function applyGains(track: Float32Array, gains: Float64Array, block: number): void {
  for (const [index, from] of gains.entries()) {
    const step = ((gains[(index + 1) % gains.length] ?? from) - from) / block;
    const start = index * block;
    const end = Math.min(start + block, track.length);
    for (let at = start; at < end; at += 1) track[at] = softClipped((track[at] ?? 0) * (from + step * (at - start)));
  }
}

function softClipped(sample: number): number {
  const over = Math.abs(sample) - 0.5;
  return over <= 0 ? sample : Math.sign(sample) * (0.5 + 0.45 * Math.tanh(over / 0.45));
}

function meanOf(powers: Float64Array): number {
  return powers.reduce((sum, power) => sum + power, 0) / powers.length;
}
