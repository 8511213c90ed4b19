/**
 * The ports of everything that makes content. An adapter (one folder a service) implements one or more of them;
 * the pipeline knows only these types. All durations are seconds, all text is Unicode NFC.
 * Every call takes an AbortSignal and asks exactly once (no retries of an SDK's own); failures are AppErrors. Where the
 * provider said no, its code is <SERVICE>_API_ERROR, _CONTENT_REJECTED, … : nothing was made. Where a request went out and
 * the answer is missing, it is <SERVICE>_TIMEOUT: something may have been made, and paid for.
 */

/** What every provider says of itself. */
export interface ProviderDescription {
  readonly name: string;
  readonly models: readonly string[];
  /** True where asking costs money, even where the answer gets lost. */
  readonly paid: boolean;
}

/** What a person gave to make a video of: exactly one kind. */
export type ScriptSource =
  | { readonly kind: 'topic'; readonly text: string }
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'article'; readonly text: string }
  | {
      readonly kind: 'scenes';
      readonly scenes: readonly { readonly narration: string; readonly visualPrompt?: string }[];
    };

export interface ScriptRequest {
  readonly source: ScriptSource;
  /** BCP 47, e.g. "en", "zh-TW". */
  readonly language: string;
  /** Wanted length of the finished video. Only a topic or an article can be written to it; a script is spoken as it is. */
  readonly targetDurationSeconds?: number;
  /** Free text such as "warm watercolour"; goes into each visual prompt. */
  readonly visualStyle?: string;
  /** Speaking rate the voice will use; 1 is normal. Longer text fits the same time when it is higher. */
  readonly speed: number;
}

export interface ScriptScene {
  readonly narration: string;
  readonly visualPrompt: string;
}

export interface Script {
  /** At most 200 characters. */
  readonly title: string;
  /** At least one. */
  readonly scenes: readonly ScriptScene[];
}

export interface TextProvider extends ProviderDescription {
  writeScript(request: ScriptRequest, signal: AbortSignal): Promise<Script>;
}

export interface Voice {
  /** Unique within its provider, e.g. "en-us". */
  readonly id: string;
  readonly name: string;
  /** BCP 47 tags that it can read aloud sensibly. */
  readonly languages: readonly string[];
}

export interface SpeechRequest {
  readonly text: string;
  readonly language: string;
  /** One of voices(); the language's first voice where left out. */
  readonly voiceId?: string;
  /** 0.5 to 2; 1 is normal. */
  readonly speed: number;
}

/** One spoken unit: a word, or in Chinese a clause. */
export interface SpeechTiming {
  /** The text of the unit as it stands in the request, with the punctuation that follows it. */
  readonly text: string;
  /** Offsets into the request's text, in UTF-16 units; [start, end). */
  readonly textStart: number;
  readonly textEnd: number;
  /** Seconds from the beginning of the audio. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface Speech {
  /** A complete WAV file: PCM 16 bit mono. */
  readonly wav: Uint8Array;
  readonly sampleRate: number;
  readonly durationSeconds: number;
  /** In order, not overlapping; together they cover every speakable part of the text. */
  readonly timings: readonly SpeechTiming[];
}

export interface SpeechProvider extends ProviderDescription {
  /** All voices, or those that speak the language ("zh" finds "zh-TW"; "en-GB" falls back on "en" voices). */
  voices(language?: string): readonly Voice[];
  /**
   * Throws UNSUPPORTED_LANGUAGE for a language (or a text, such as Japanese with kanji) that it cannot read aloud
   * sensibly, UNKNOWN_VOICE for a voice that it does not have.
   */
  speak(request: SpeechRequest, signal: AbortSignal): Promise<Speech>;
}

export interface ImageRequest {
  readonly prompt: string;
  /** The scene's narration, for an artist that sets key words. */
  readonly narration: string;
  readonly title: string;
  readonly language: string;
  readonly visualStyle?: string;
  /** Position of the scene, from 0, and how many there are. */
  readonly index: number;
  readonly count: number;
  /** The same for every picture of one video: pictures that belong together. */
  readonly seed: string;
  /** Size in pixels; both even. */
  readonly width: number;
  readonly height: number;
  /** Height in pixels at the bottom that captions will cover, 0 where none are burned in. Nothing important goes there. */
  readonly captionSafeHeight: number;
}

export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

export interface ImageProvider extends ProviderDescription {
  draw(request: ImageRequest, signal: AbortSignal): Promise<Picture>;
}

export interface AnalysisRequest {
  readonly title: string;
  readonly language: string;
  readonly scenes: readonly {
    readonly narration: string;
    readonly startSeconds: number;
    readonly durationSeconds: number;
  }[];
}

export interface Analysis {
  readonly summary: string;
  readonly suggestedTitle: string;
  readonly suggestedDescription: string;
  /** Lower case, no '#', most telling first, at most 12. */
  readonly suggestedTags: readonly string[];
  /** At least one; the first starts at 0; in order. */
  readonly chapters: readonly { readonly title: string; readonly startSeconds: number }[];
  readonly seo: { readonly title: string; readonly description: string; readonly keywords: readonly string[] };
}

export interface AnalysisProvider extends ProviderDescription {
  analyse(request: AnalysisRequest, signal: AbortSignal): Promise<Analysis>;
}

/** What a pipeline needs: one provider for each capability. */
export interface Providers {
  readonly text: TextProvider;
  readonly speech: SpeechProvider;
  readonly image: ImageProvider;
  readonly analysis: AnalysisProvider;
}
