import type { Speech, SpeechProvider, SpeechRequest, Voice } from '../ports.ts';
import { EspeakPool, type EspeakPoolOptions } from './speech/espeak-pool.ts';
import { throwIfAborted } from './speech/espeak-process.ts';
import { joined, silence } from './speech/joined.ts';
import { sayableMandarin } from './speech/mandarin.ts';
import { clausePieces, sentencePieces } from './speech/pieces.ts';
import { onlyReadable } from './speech/readable.ts';
import { type SpokenText, spokenText } from './speech/spoken-text.ts';
import { sayableSymbols } from './speech/symbols.ts';
import { chooseVoice, type EspeakVoice, espeakVoices, rateFor, voicesFor } from './speech/voices.ts';

const defaults: EspeakPoolOptions = { processes: 2, silenceSeconds: 60, idleSeconds: 60 };

/**
 * The built-in voice: espeak-ng in a child process, without network. The same request gives the same bytes. A text with
 * nothing to say (only emoji, only punctuation) gives one second of silence whose one timing covers it, so that its
 * caption is seen; letters of a script that the voice cannot read are left unsaid where they are few.
 *
 * Errors: UNSUPPORTED_LANGUAGE, UNKNOWN_VOICE, CANCELED, LOCAL_API_ERROR (retriable: the program died), LOCAL_TIMEOUT.
 */
export class LocalVoice implements SpeechProvider {
  readonly name = 'local';
  /** The version of the npm package: its build of espeak-ng decides every byte. */
  readonly models: readonly string[] = ['espeak-ng wasm 0.3.5'];
  readonly paid = false;
  readonly #pool: EspeakPool;

  constructor(options: Partial<EspeakPoolOptions> = {}) {
    this.#pool = new EspeakPool({ ...defaults, ...options });
  }

  voices(language?: string): readonly Voice[] {
    const found = language === undefined ? espeakVoices : voicesFor(language);
    return found.map(({ id, name, languages }) => ({ id, name, languages }));
  }

  async speak(request: SpeechRequest, signal: AbortSignal): Promise<Speech> {
    const voice = chooseVoice(request.language, request.voiceId);
    const spoken = sayable(request, voice);
    const pieces = voice.primary === 'zh' ? clausePieces(spoken) : sentencePieces(spoken);
    throwIfAborted(signal);
    if (pieces.length === 0) return silence(request);
    const heard = await this.#pool.speak(
      {
        voice: voice.espeak,
        rate: rateFor(voice, request.speed),
        pitch: voice.pitch,
        range: voice.range,
        pieces: pieces.map(({ start, end }) => spoken.text.slice(start, end)),
      },
      signal,
    );
    return joined(request, spoken, pieces, heard, voice.primary === 'zh' ? 'clauses' : 'words');
  }

  /** Ends the child processes. Calls in flight fail with LOCAL_API_ERROR. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}

function sayable(request: SpeechRequest, voice: EspeakVoice): SpokenText {
  const cleaned = onlyReadable(spokenText(request.text), voice, request.language);
  return voice.primary === 'zh' ? sayableMandarin(cleaned) : sayableSymbols(cleaned, voice.primary);
}
