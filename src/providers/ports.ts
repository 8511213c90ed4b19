import type { Overlay } from '../overlays/overlay.ts';

/**
 * The ports of all content providers. An adapter (one folder for each service) implements one or more of them; the
 * pipeline depends only on these types. All durations are seconds, all text is Unicode NFC. Every call takes an
 * AbortSignal and sends exactly one request (an SDK's own retries are off); failures are AppErrors. If the provider
 * refused, the code is <SERVICE>_API_ERROR, _CONTENT_REJECTED, … : nothing was produced. If a request was sent and the
 * answer is missing, the code is <SERVICE>_TIMEOUT: something may have been produced, and paid for. An adapter has a
 * timeout, and checks what it returns, because that is stored and not requested again.
 */

/** Properties of every provider. */
export interface ProviderDescription {
  readonly name: string;
  readonly models: readonly string[];
  /** True if calls cost money, even if the answer is lost. */
  readonly paid: boolean;
}

/** The user's input for a video: exactly one kind. */
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
  /**
   * Target length of the finished video. Only a topic or an article can be adapted to it; a script is spoken unchanged.
   */
  readonly targetDurationSeconds?: number;
  /** Free text such as "warm watercolour"; added to each visual prompt. */
  readonly visualStyle?: string;
  /** Speaking rate of the voice; 1 is normal. At a higher rate a longer text fits the same time. */
  readonly speed: number;
}

export interface ScriptScene {
  readonly narration: string;
  readonly visualPrompt: string;
  /** The author's heading directly above the scene; spoken only as a part of the narration. At most 200 characters. */
  readonly heading?: string;
  readonly code?: readonly SceneCode[];
}

/** Code of the author's text, which is shown and not spoken. */
export interface SceneCode {
  /** As it is shown: at most 12 lines of 54 columns. */
  readonly text: string;
  /** Where the sentence that is spoken meanwhile begins in the narration, in UTF-16 units. */
  readonly start: number;
}

export interface Script {
  /** At most 200 characters. */
  readonly title: string;
  /** At least one. */
  readonly scenes: readonly ScriptScene[];
}

export interface TextProvider extends ProviderDescription {
  /** True if it can write about a topic; a provider without knowledge only divides and condenses given texts. */
  readonly writesTopics: boolean;
  writeScript(request: ScriptRequest, signal: AbortSignal): Promise<Script>;
}

export interface Voice {
  /** Unique within its provider, e.g. "en-us". */
  readonly id: string;
  readonly name: string;
  /** BCP 47 tags of the languages that it can read aloud. */
  readonly languages: readonly string[];
}

export interface SpeechRequest {
  readonly text: string;
  readonly language: string;
  /** One of voices(); the language's first voice by default. */
  readonly voiceId?: string;
  /** 0.5 to 2; 1 is normal. */
  readonly speed: number;
}

/** One spoken unit: a word, or in Chinese a clause. */
export interface SpeechTiming {
  /** The text of the unit as in the request, with the punctuation that follows it. */
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
  /** All voices, or those that speak the language ("zh" finds "zh-TW"; "en-GB" falls back to "en" voices). */
  voices(language?: string): readonly Voice[];
  /**
   * Throws UNSUPPORTED_LANGUAGE for a language (or a text, such as Japanese with kanji) that it cannot read aloud,
   * UNKNOWN_VOICE for a voice that it does not have.
   */
  speak(request: SpeechRequest, signal: AbortSignal): Promise<Speech>;
}

export interface ImageRequest {
  readonly prompt: string;
  /** The scene's narration, for a provider that draws words. */
  readonly narration: string;
  /** The author's heading directly above the scene. */
  readonly heading?: string;
  /** The nearest heading above the scene, also where other scenes are between them. */
  readonly section?: string;
  /** In the order of the sentences; for a provider that draws words. */
  readonly code?: readonly SceneCode[];
  readonly title: string;
  readonly language: string;
  readonly visualStyle?: string;
  /** Position of the scene, from 0, and the number of scenes. */
  readonly index: number;
  readonly count: number;
  /** The same for every picture of one video, so that its pictures match in style. */
  readonly seed: string;
  /** Size in pixels; both even. */
  readonly width: number;
  readonly height: number;
  /**
   * Height in pixels at the bottom that captions will cover, 0 if none are burned in. Important content must not be
   * there.
   */
  readonly captionSafeHeight: number;
  /** For a provider that draws words; nothing of the other scenes is known where it is left out. */
  readonly context?: SceneContext;
}

/** What a scene shows, or leaves out, because of the film's other scenes. */
export interface SceneContext {
  /** The film's subject, where the scene speaks of it without naming it. */
  readonly subject?: SubjectAgain;
  /** Labels of places whose map an earlier scene has shown. */
  readonly mapped?: readonly string[];
}

export interface SubjectAgain {
  /** An emoji, or the name of an icon. */
  readonly motif: string;
  /** UTF-16 units of the narration: the beginning of the statement from which it is spoken of. */
  readonly start: number;
}

/** All that a film says. */
export interface FilmTexts {
  readonly title: string;
  readonly language: string;
  readonly scenes: readonly { readonly narration: string; readonly heading?: string | undefined }[];
}

/** Its size may differ from that of the request: a film uses the middle of it, cropped to its shape and scaled. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
  /** True if it is composed for the words and motifs that the built-in design places on it. */
  readonly hasRoomForWords?: boolean;
}

/** A narration as it is spoken. */
export interface SpokenNarration {
  readonly narration: string;
  readonly durationSeconds: number;
  /** In order, not overlapping. */
  readonly timings: readonly SpeechTiming[];
}

/**
 * Designs the words and motifs that lie over a picture which has room for them, in the order in which they are drawn. The
 * same input gives the same overlays.
 */
export interface OverlayDesigner {
  /** What the scenes show because of one another, in their order. */
  plan(film: FilmTexts, signal: AbortSignal): Promise<readonly SceneContext[]>;
  design(request: ImageRequest, spoken: SpokenNarration, signal: AbortSignal): Promise<readonly Overlay[]>;
}

export interface ImageProvider extends ProviderDescription {
  draw(request: ImageRequest, signal: AbortSignal): Promise<Picture>;
}

export interface AnalysisRequest {
  readonly title: string;
  readonly language: string;
  readonly scenes: readonly {
    readonly narration: string;
    /** The author's heading directly above the scene. */
    readonly heading?: string;
    readonly startSeconds: number;
    readonly durationSeconds: number;
  }[];
}

export interface Analysis {
  readonly summary: string;
  readonly suggestedTitle: string;
  readonly suggestedDescription: string;
  /** Lower case, no '#', most significant first, at most 12. */
  readonly suggestedTags: readonly string[];
  /** At least one; the first starts at 0; in order. */
  readonly chapters: readonly { readonly title: string; readonly startSeconds: number }[];
  readonly seo: { readonly title: string; readonly description: string; readonly keywords: readonly string[] };
}

export interface AnalysisProvider extends ProviderDescription {
  analyse(request: AnalysisRequest, signal: AbortSignal): Promise<Analysis>;
}

/** The providers of a pipeline: one for each capability. */
export interface Providers {
  readonly text: TextProvider;
  readonly speech: SpeechProvider;
  readonly image: ImageProvider;
  readonly analysis: AnalysisProvider;
}
