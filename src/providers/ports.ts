import type { LaterGround } from '../overlays/ground.ts';
import type { Overlay } from '../overlays/overlay.ts';
import type { ContentProvider } from './provider.ts';

/** What the pipeline requests from providers and what they make. All durations are seconds, all text is Unicode NFC. */

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

/** A provider without knowledge only divides and condenses given texts: a topic is unsuitable for it. */
export type TextProvider = ContentProvider<ScriptRequest, Script>;

/** A text that has no form of its own. */
export interface TextRequest {
  readonly prompt: string;
  /** Those that a model spends on reasoning included. */
  readonly maxTokens: number;
  /** One of the provider's `models`, or, where the server is the operator's own, any. */
  readonly model?: string;
}

/** A text that the limit of tokens ends is given as far as it was written. */
export type TextGenerator = ContentProvider<TextRequest, string>;

export interface Voice {
  /** Unique within its provider, e.g. "en-us". */
  readonly id: string;
  readonly name: string;
  /** BCP 47 tags of the languages that it can read aloud; empty where it reads all of its service. */
  readonly languages: readonly string[];
  /** Address of a sample. */
  readonly previewUrl?: string;
  /** True for a copy of a person's voice. */
  readonly cloned?: boolean;
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

/**
 * Its calls also fail with UNSUPPORTED_LANGUAGE for a language (or a text, such as Japanese with kanji) that it cannot read
 * aloud, and with UNKNOWN_VOICE for a voice that it does not have.
 */
export interface SpeechProvider extends ContentProvider<SpeechRequest, Speech> {
  /**
   * All voices, or those that speak the language ("zh" finds "zh-TW"; "en-GB" falls back to "en" voices). A service may have others
   * that it does not list; `unsuitable` decides.
   */
  voices(language: string | undefined, signal: AbortSignal): Promise<readonly Voice[]>;
}

export interface ImageRequest {
  readonly prompt: string;
  /** One of the provider's `models`; the first by default. */
  readonly model?: string;
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
  /** Where a presenter begins, who covers the picture at its right edge: a share of the width. */
  readonly presenterLeft?: number;
  /** For a provider that draws words; nothing of the other scenes is known where it is left out. */
  readonly context?: SceneContext;
}

/** What a scene shows, or leaves out, because of the film's other scenes. */
export interface SceneContext {
  /** The film's subject, where the scene speaks of it without naming it. */
  readonly subject?: SubjectAgain;
  /** Labels of places whose map an earlier scene has shown. */
  readonly mapped?: readonly string[];
  /** Motifs that the scene names, and that have too little to do with what is said near it to be shown. */
  readonly unrelated?: readonly string[];
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

/** What a scene shows while it is spoken, besides the picture that it begins with. */
export interface SceneDesign {
  /** In the order in which they are drawn. */
  readonly overlays: readonly Overlay[];
  /** In order; none in a short scene. */
  readonly grounds: readonly LaterGround[];
}

/**
 * Designs the words and motifs that lie over a picture which has room for them, and the pictures that follow it in a long
 * scene. The same input gives the same design.
 */
export interface OverlayDesigner {
  /** What the scenes show because of one another, in their order. */
  plan(film: FilmTexts, signal: AbortSignal): Promise<readonly SceneContext[]>;
  design(request: ImageRequest, spoken: SpokenNarration, signal: AbortSignal): Promise<SceneDesign>;
}

export type ImageProvider = ContentProvider<ImageRequest, Picture>;

/** A presenter who speaks one scene, its pauses included. */
export interface PresenterRequest {
  /** What is said. */
  readonly narration: string;
  /** The complete WAV file that is spoken; what identifies it is its hash. */
  readonly sound: () => Promise<Uint8Array>;
  readonly soundHash: string;
  readonly seconds: number;
  /** A picture of the presenter; the service's own presenter where it is left out. */
  readonly imageUrl?: string;
}

/** A moving picture without sound: H.264 in MP4, 25 pictures a second, which begins with its sound. */
export interface PresenterVideo {
  readonly bytes: Uint8Array;
  /** Pixels, both even. */
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
}

export type AvatarProvider = ContentProvider<PresenterRequest, PresenterVideo>;

/** The pictures of a film. */
export interface FilmPictures {
  readonly seconds: number;
  /** A small MP4 with a picture a second and no sound; null where it would have more bytes than allowed. */
  readonly preview: (mostBytes: number, signal: AbortSignal) => Promise<Uint8Array | null>;
}

export interface AnalysisRequest {
  /** For providers that look at it; others know what it says. */
  readonly film?: FilmPictures;
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

export type AnalysisProvider = ContentProvider<AnalysisRequest, Analysis>;

/** All configured providers; at least one of each capability that every video needs. */
export interface Providers {
  readonly text: readonly TextProvider[];
  readonly speech: readonly SpeechProvider[];
  readonly image: readonly ImageProvider[];
  readonly analysis: readonly AnalysisProvider[];
  /** Those that make presenters: for videos that ask for one. */
  readonly avatar?: readonly AvatarProvider[];
  /** Those that write plain texts; no stage of a video needs one. */
  readonly plainText?: readonly TextGenerator[];
}
