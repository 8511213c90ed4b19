/**
 * A separate program, run as a child process: reads requests from standard input, speaks them with espeak-ng, and
 * writes the sound to standard output. espeak-ng is GPL-3, so that no other file of this project imports it; see
 * THIRD-PARTY-NOTICES.md. It must run under Node's own type stripping, so it uses only erasable syntax.
 *
 * Every request begins with the memory of a new instance: an instance that has spoken before gives other bytes for the same
 * text (the state of its noise source continues). To restore the memory takes 1 ms, a new instance 50 ms or more.
 */
import { openSync, readSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import loadEspeak, { type EspeakFiles, type EspeakWorker } from '@echogarden/espeak-ng-emscripten';
import { samplesOf } from '../../../voices/sound/pcm.ts';
import { stretched } from '../../../voices/sound/stretch.ts';
import type { EspeakRequest, SpeechEvent } from '../program/frames.ts';
import { MemoryImage } from '../program/memory-image.ts';
import { endWithParent, type PieceSound, serveRequests } from '../program/serve-requests.ts';

/** In UTF-8, with its end; a piece has at most 600 UTF-16 units. */
const LONGEST_TEXT_BYTES = 4096;

async function main(): Promise<void> {
  endWithParent();
  const data = fileURLToPath(import.meta.resolve('@echogarden/espeak-ng-emscripten')).replace(/\.js$/, '.data');
  const voices = new ArrayBuffer(statSync(data).size);
  const espeak = await loadEspeak({ getPreloadedPackage: () => voices, print: ignore, printErr: ignore });
  readWhenOpened(espeak.FS, voices, data);
  const worker = new espeak.eSpeakNGWorker();
  reserveTextBuffer(worker);
  const image = new MemoryImage(espeak.HEAPU8);
  await serveRequests(function* (request: EspeakRequest) {
    image.restore(espeak.HEAPU8);
    yield* speakPieces(worker, request);
  });
}

/**
 * The package keeps the address of a buffer for texts outside the memory, and replaces the buffer when a text was too long
 * for it. Made as large as needed here, it is at the same address in each request.
 */
function reserveTextBuffer(worker: EspeakWorker): void {
  worker.set_voice('-'.repeat(LONGEST_TEXT_BYTES), '');
  // The call after a long text makes the larger buffer.
  worker.set_voice('', '');
}

/**
 * The package, `voices`, is all zeros until its files are opened, and zeros take no memory of the machine: most of its 24 MB
 * are dictionaries of languages that are not spoken. Its files are parts of it, at the same places as in the file at `dataPath`.
 */
function readWhenOpened(files: EspeakFiles, voices: ArrayBuffer, dataPath: string): void {
  const file = openSync(dataPath, 'r');
  const read = new Set<number>();
  const open = files.open;
  files.open = (path, flags, mode) => {
    const opened = open(path, flags, mode);
    const { contents } = opened.node;
    if (contents instanceof Uint8Array && contents.buffer === voices && !read.has(contents.byteOffset)) {
      read.add(contents.byteOffset);
      readFully(file, contents);
    }
    return opened;
  };
}

function readFully(file: number, part: Uint8Array): void {
  for (let at = 0; at < part.length; ) {
    const bytes = readSync(file, part, at, part.length - at, part.byteOffset + at);
    if (bytes === 0) throw new Error('the file of the voices is too short');
    at += bytes;
  }
}

function* speakPieces(worker: EspeakWorker, request: EspeakRequest): Generator<PieceSound> {
  worker.set_voice(request.voice, '');
  worker.set_rate(request.rate);
  worker.set_pitch(request.pitch);
  worker.set_range(request.range);
  for (const piece of request.pieces) yield longer(speak(worker, piece), request.stretch);
}

function speak(worker: EspeakWorker, text: string): PieceSound {
  if (Buffer.byteLength(text) >= LONGEST_TEXT_BYTES) throw new Error('a piece is longer than the buffer for texts');
  const sound: Uint8Array[] = [];
  const events: SpeechEvent[] = [];
  worker.synthesize(text, (samples, found) => {
    sound.push(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    for (const event of found) {
      if (event.type !== 'word' && event.type !== 'phoneme') continue;
      const sounds = event.type === 'word' || event.id !== '' ? 1 : 0;
      events.push([event.type, event.text_position - 1, event.audio_position, sounds]);
    }
    return false;
  });
  return { samples: Buffer.concat(sound), sampleRate: worker.get_samplerate(), events };
}

function longer(sound: PieceSound, factor: number): PieceSound {
  if (factor === 1) return sound;
  const samples = stretched(samplesOf(sound.samples), sound.sampleRate, factor);
  const events = sound.events.map(
    ([kind, position, milliseconds, sounds]): SpeechEvent => [
      kind,
      position,
      Math.round(milliseconds * factor),
      sounds,
    ],
  );
  return { ...sound, samples: new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), events };
}

function ignore(): void {}

await main();
