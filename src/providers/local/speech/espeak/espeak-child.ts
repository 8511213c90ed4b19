/**
 * A separate program, run as a child process: reads requests from standard input, speaks them with espeak-ng, and
 * writes the sound to standard output. espeak-ng is GPL-3, so that no other file of this project imports it; see
 * THIRD-PARTY-NOTICES.md. It must run under Node's own type stripping, so it uses only erasable syntax.
 *
 * Every request gets a new instance of the WebAssembly module: an instance that has spoken before gives other bytes for
 * the same text (the state of its noise source continues).
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import loadEspeak, { type EspeakWorker } from '@echogarden/espeak-ng-emscripten';
import { encodeFrame, FrameReader, type PieceRequest, type SpeechEvent } from './frames.ts';

async function main(): Promise<void> {
  // The parent process died: there is no reader any more.
  process.stdin.once('close', () => process.exit(0));
  process.stdout.once('error', () => process.exit(0));
  const voices = await readVoices();
  let fresh = await newWorker(voices);
  await reply({ kind: 'ready' });
  const reader = new FrameReader();
  for await (const chunk of process.stdin) {
    for (const { body } of reader.push(chunk)) {
      await answer(fresh, JSON.parse(Buffer.from(body).toString('utf8')));
      fresh = await newWorker(voices);
    }
  }
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

async function answer(worker: EspeakWorker, request: PieceRequest): Promise<void> {
  try {
    worker.set_voice(request.voice, '');
    worker.set_rate(request.rate);
    worker.set_pitch(request.pitch);
    worker.set_range(request.range);
    for (const piece of request.pieces) {
      const { sound, events } = speak(worker, piece);
      await reply({ kind: 'piece', sampleRate: worker.get_samplerate(), events }, sound);
      // Lets the event loop process the end of standard input between two pieces.
      await nextTurn();
    }
    await reply({ kind: 'done' });
  } catch (error) {
    await reply({ kind: 'failed', message: String(error) });
  }
}

function speak(worker: EspeakWorker, text: string): { sound: Uint8Array; events: SpeechEvent[] } {
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
  return { sound: Buffer.concat(sound), events };
}

async function reply(header: Record<string, unknown>, body?: Uint8Array): Promise<void> {
  if (!process.stdout.write(encodeFrame(header, body))) await once(process.stdout, 'drain');
}

function ignore(): void {}

await main();
