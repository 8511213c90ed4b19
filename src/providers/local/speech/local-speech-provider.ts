import { canceled } from '../../../errors.ts';
import type { Speech, SpeechProvider, SpeechRequest, Voice } from '../../ports.ts';
import { EspeakPool, type EspeakPoolOptions } from './espeak/espeak-pool.ts';
import { espeakVoices, voicesFor } from './espeak/voices.ts';
import { directSpeechText, type SpeechText } from './speech-text.ts';

/** A new program takes a third of a second to start, and an idle one holds 150 MB while FFmpeg needs the memory. */
const defaults: EspeakPoolOptions = { processes: 2, responseTimeoutSeconds: 60, idleSeconds: 5 };

/**
 * The built-in speech provider: espeak-ng in a child process, without network. The same request gives the same bytes. A
 * text without speakable characters (only emoji, only punctuation) gives one second of silence whose one timing covers
 * it, so that its caption is shown; a few letters of a script that the voice cannot read are skipped.
 *
 * Errors: UNSUPPORTED_LANGUAGE, UNKNOWN_VOICE, CANCELED, LOCAL_API_ERROR (retriable: the program died), LOCAL_TIMEOUT.
 */
export class LocalSpeechProvider implements SpeechProvider {
  readonly name = 'local';
  /** The version of the npm package: its build of espeak-ng determines every byte. */
  readonly models: readonly string[] = ['espeak-ng wasm 0.3.5'];
  readonly paid = false;
  readonly #pool: EspeakPool;
  readonly #text: SpeechText;

  /** `text` processes texts and samples; in the calling thread by default. */
  constructor(options: Partial<EspeakPoolOptions> = {}, text: SpeechText = directSpeechText) {
    this.#text = text;
    this.#pool = new EspeakPool({ ...defaults, ...options });
  }

  voices(language?: string): readonly Voice[] {
    const found = language === undefined ? espeakVoices : voicesFor(language);
    return found.map(({ id, name, languages }) => ({ id, name, languages }));
  }

  async speak(request: SpeechRequest, signal: AbortSignal): Promise<Speech> {
    if (signal.aborted) throw canceled(signal);
    const prepared = await this.#text.prepare(request, signal);
    if (signal.aborted) throw canceled(signal);
    const spokenPieces = prepared.pieces.length === 0 ? [] : await this.#pool.speak(prepared.pieceRequest, signal);
    return await this.#text.join({ request, prepared, spokenPieces }, signal);
  }

  /** Ends the child processes. Calls in progress fail with LOCAL_API_ERROR. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}
