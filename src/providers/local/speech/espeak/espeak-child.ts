/**
 * A separate program, run as a child process: reads requests from standard input, speaks them with espeak-ng, and
 * writes the sound to standard output. espeak-ng is GPL-3, so that no other file of this project imports it; see
 * THIRD-PARTY-NOTICES.md. It must run under Node's own type stripping, so it uses only erasable syntax.
 *
 * Every request gets a new instance of the WebAssembly module: an instance that has spoken before gives other bytes for
 * the same text (the state of its noise source continues).
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import loadEspeak, { type EspeakWorker } from '@echogarden/espeak-ng-emscripten';
import type { EspeakRequest, SpeechEvent } from '../program/frames.ts';
import { endWithParent, type PieceSound, serveRequests } from '../program/serve-requests.ts';

async function main(): Promise<void> {
  endWithParent();
  const voices = await readVoices();
  let fresh = newWorker(voices);
  await fresh;
  await serveRequests(async function* (request: EspeakRequest) {
    try {
      yield* speakPieces(await fresh, request);
    } finally {
      fresh = newWorker(voices);
    }
  });
}

/** The voices' data as one buffer that all instances share read-only. */
async function readVoices(): Promise<ArrayBuffer> {
  const entry = fileURLToPath(import.meta.resolve('@echogarden/espeak-ng-emscripten'));
  const { buffer, byteOffset, byteLength } = await readFile(entry.replace(/\.js$/, '.data'));
  // 24 MB: copied only if the file is a part of a larger buffer.
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

async function newWorker(voices: ArrayBuffer): Promise<EspeakWorker> {
  const espeak = await loadEspeak({ getPreloadedPackage: () => voices, print: ignore, printErr: ignore });
  return new espeak.eSpeakNGWorker();
}

function* speakPieces(worker: EspeakWorker, request: EspeakRequest): Generator<PieceSound> {
  worker.set_voice(request.voice, '');
  worker.set_rate(request.rate);
  worker.set_pitch(request.pitch);
  worker.set_range(request.range);
  for (const piece of request.pieces) yield speak(worker, piece);
}

function speak(worker: EspeakWorker, text: string): PieceSound {
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

function ignore(): void {}

await main();
