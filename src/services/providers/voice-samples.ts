import { hashOf } from '../../content-hash.ts';
import type { StoredFiles } from '../owned-files.ts';
import type { SpeakingProvider, VoiceFacts } from './provider.service.ts';

/** The built-in voices. */
export interface BuiltInVoices extends SpeakingProvider {
  /** A sample of another version is another file. */
  readonly models: readonly string[];
  /** A WAV file. */
  record(request: { readonly text: string; readonly language: string; readonly voiceId: string }): Promise<Uint8Array>;
}

export interface VoiceSamplesParts {
  /** All other files. */
  readonly files: StoredFiles;
  readonly storage: StoredFiles & { put(key: string, bytes: Uint8Array): Promise<unknown> };
  readonly voices: BuiltInVoices;
}

/** What a sample says, by the first subtag of the voice's language. */
const SENTENCES: Readonly<Record<string, string>> = {
  de: 'Guten Tag. So wird Ihr Video klingen.',
  en: 'Hello. This is how your video will sound.',
  es: 'Hola. Así sonará tu vídeo.',
  fr: 'Bonjour. Voici la voix de votre vidéo.',
  it: 'Ciao. Questa è la voce del tuo video.',
  nl: 'Hallo. Zo zal je video klinken.',
  pl: 'Dzień dobry. Tak będzie brzmiał twój film.',
  pt: 'Olá. Esta é a voz do seu vídeo.',
  ru: 'Здравствуйте. Так будет звучать ваше видео.',
  zh: '你好，你的视频将用这个声音。',
};

/**
 * Samples of the built-in voices, as files for the holder of a link. Each is recorded when it is listened to for the first time,
 * which takes a fraction of a second: most of the voices are never listened to.
 */
export class VoiceSamples implements StoredFiles {
  readonly #parts: VoiceSamplesParts;
  readonly #recordings = new Map<string, Promise<void>>();

  constructor(parts: VoiceSamplesParts) {
    this.#parts = parts;
  }

  /** The key of a voice's sample, which may not be recorded yet; null for voices of services. */
  keyOf(provider: string, voice: Pick<VoiceFacts, 'id' | 'languages'>): string | null {
    const { name, models } = this.#parts.voices;
    if (provider !== name) return null;
    const language = languageOf(voice);
    const sample = { models, id: voice.id, language, text: sentenceOf(language) };
    return `voices/${provider}/${hashOf(sample).slice(0, 24)}.wav`;
  }

  /** Records a sample that is missing; null where there is no such file. Throws the error of the voice. */
  async stat(key: string): Promise<{ readonly size: number } | null> {
    if (!key.startsWith('voices/')) return await this.#parts.files.stat(key);
    const recorded = await this.#parts.storage.stat(key);
    if (recorded) return recorded;
    const voice = await this.#voiceOf(key);
    if (voice === undefined) return null;
    // Several listeners share a recording.
    const recording = this.#recordings.get(key) ?? this.#record(key, voice);
    this.#recordings.set(key, recording);
    await recording.finally(() => this.#recordings.delete(key));
    return await this.#parts.storage.stat(key);
  }

  async localPath(key: string): Promise<string> {
    return await (key.startsWith('voices/') ? this.#parts.storage : this.#parts.files).localPath(key);
  }

  async #voiceOf(key: string): Promise<VoiceFacts | undefined> {
    const { voices } = this.#parts;
    const all = await voices.voices(undefined, new AbortController().signal);
    return all.find((voice) => this.keyOf(voices.name, voice) === key);
  }

  async #record(key: string, voice: VoiceFacts): Promise<void> {
    const language = languageOf(voice);
    const { voices, storage } = this.#parts;
    await storage.put(key, await voices.record({ text: sentenceOf(language), language, voiceId: voice.id }));
  }
}

function languageOf({ languages }: Pick<VoiceFacts, 'languages'>): string {
  return languages[0] ?? 'en';
}

/** A language without a sentence above is heard with its own name and some numbers. */
function sentenceOf(language: string): string {
  return SENTENCES[language.split('-')[0] ?? ''] ?? `${nameOf(language)}: 1, 2, 3, 4, 5.`;
}

function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}
