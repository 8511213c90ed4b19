import { AppError, canceled } from '../../../errors.ts';
import type { Speech, SpeechRequest, Voice } from '../../ports.ts';
import type { BuiltInVoice } from './built-in-voice.ts';
import { SpeechPool, type SpeechPoolOptions } from './program/speech-pool.ts';
import { directSpeechText, type PreparedSpeech, type SpeechText, textFor } from './speech-text.ts';
import { builtInVoices, chooseVoice, voicesFor } from './voices.ts';

/** A new program takes a third of a second to start, and an idle one holds 70 MB while FFmpeg needs the memory. */
const defaults: SpeechPoolOptions = { processes: 2, responseTimeoutSeconds: 60, idleSeconds: 5 };

/**
 * Of the spoken form at speed 1, in UTF-16 units: about half an hour of English, and half a minute of processor time. Any text of 5,000
 * letters is shorter, also at speed 0.5; as many digits are longer, since each is said as a word.
 */
const MOST_SPOKEN = 20_000;

/**
 * The built-in speech provider: Flite for English and espeak-ng for other languages, in child processes, without network.
 * The same request gives the same bytes. A text without speakable characters (only emoji, only punctuation) gives one
 * second of silence whose one timing covers it, so that its caption is shown; a few letters of a script that the voice
 * cannot read are skipped.
 *
 * Errors: UNSUPPORTED_LANGUAGE, UNKNOWN_VOICE, PROVIDER_UNAVAILABLE (the text is too long as it is spoken), CANCELED, LOCAL_API_ERROR (retriable: the program died), LOCAL_TIMEOUT.
 */
export class LocalSpeechProvider {
  /** The versions of the npm packages, whose builds determine every byte; then the voices of the user's own models. */
  readonly models: readonly [string, ...string[]];
  readonly #pool: SpeechPool;
  readonly #text: SpeechText;
  readonly #voices: readonly BuiltInVoice[];

  /**
   * `text` processes texts and samples; in the calling thread by default. `ownVoices` are preferred to the built-in ones of
   * their languages.
   */
  constructor(
    options: Partial<SpeechPoolOptions> = {},
    text: SpeechText = directSpeechText,
    ownVoices: readonly BuiltInVoice[] = [],
  ) {
    this.#text = text;
    this.#pool = new SpeechPool({ ...defaults, ...options });
    this.#voices = [...ownVoices, ...builtInVoices];
    this.models = ['flite wasm 0.1.1', 'espeak-ng wasm 0.3.5', ...ownVoices.map(({ name }) => name)];
  }

  voices(language?: string): readonly Voice[] {
    const found = language === undefined ? this.#voices : voicesFor(this.#voices, language);
    return found.map(({ id, name, languages }) => ({ id, name, languages }));
  }

  /** Why it cannot read the request's language aloud, or does not have its voice. */
  unsuitable({ language, voiceId }: SpeechRequest): AppError | undefined {
    try {
      chooseVoice(this.#voices, language, voiceId);
      return undefined;
    } catch (thrown) {
      return AppError.from(thrown);
    }
  }

  async speak(request: SpeechRequest, signal: AbortSignal): Promise<Speech> {
    if (signal.aborted) throw canceled(signal);
    const voice = chooseVoice(this.#voices, request.language, request.voiceId);
    const prepared = await this.#text.prepare(textFor(request, voice), signal);
    if (signal.aborted) throw canceled(signal);
    refuseTooLong(prepared, request.speed);
    const pieceRequest = voice.request(prepared.texts, request.speed);
    const spokenPieces = prepared.pieces.length === 0 ? [] : await this.#pool.speak(pieceRequest, signal);
    return await this.#text.join({ request, prepared, spokenPieces }, signal);
  }

  /** Ends the child processes. Calls in progress fail with LOCAL_API_ERROR. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/** Before the voice begins: what it costs depends on what is said, and on how slowly. */
function refuseTooLong({ texts }: PreparedSpeech, speed: number): void {
  const length = texts.reduce((sum, { length }) => sum + length, 0);
  const most = Math.floor(MOST_SPOKEN * speed);
  if (length <= most) return;
  const [given, taken] = [length, most].map((count) => count.toLocaleString('en'));
  const message = `As it is spoken, with numbers and signs in words, the text has ${given} characters, and the built-in voice takes ${taken} at this speed: shorten the text.`;
  throw new AppError('PROVIDER_UNAVAILABLE', message);
}
