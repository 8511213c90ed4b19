import type { ContentProvider } from '../provider.ts';

/** A text for one request to a voice, in words that can be said as they are written. */
export interface VoiceRequest {
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** The service's own id; by default the service's voice for the language. */
  readonly voiceId?: string;
  /** Within `speeds` of the service; 1 is normal. */
  readonly speed: number;
}

/** When a part of a text is spoken: [start, end) in UTF-16 units of it, and seconds from the beginning of the sound. */
export interface TimedPart {
  readonly start: number;
  readonly end: number;
  readonly startSeconds: number;
  /** Until the next one begins where the service does not say it. */
  readonly endSeconds?: number;
}

/** A word that was heard or spoken, without its place in the text. */
export interface HeardWord {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface VoiceSound {
  /** In any form that FFmpeg reads, complete with its header. */
  readonly audio: Uint8Array;
  readonly contentType: string;
  /** Words or shorter parts of the request's text, in order; left out where the service gives no times. */
  readonly words?: readonly TimedPart[];
}

/** A voice that a user may choose. */
export interface ServiceVoice {
  readonly id: string;
  readonly name: string;
  /** BCP 47 tags; empty for a voice that speaks all languages of its service. */
  readonly languages: readonly string[];
  /** Address of a sample. */
  readonly previewUrl?: string;
  /** True for a copy of a person's voice that the account has made. */
  readonly cloned: boolean;
}

/**
 * The raw port of one speech service: one text, one sound. ExternalSpeech makes a SpeechProvider of it.
 *
 * Errors are those of ContentProvider, and UNKNOWN_VOICE for a voice that the service does not have, UNSUPPORTED_LANGUAGE (in
 * `unsuitable`) for a language that it does not speak.
 */
export interface VoiceService extends ContentProvider<VoiceRequest, VoiceSound> {
  /** The longest text of one request, in UTF-16 units. */
  readonly maxCharacters: number;
  /** Whether its sounds usually come with the times of their words. */
  readonly givesTimes: boolean;
  /** The slowest and the fastest speed at which the service itself speaks; the rest is made by stretching the sound. */
  readonly speeds: readonly [slowest: number, fastest: number];
  /** Its voices, or those that speak the language. May send requests, which cost nothing. */
  voices(language: string | undefined, signal: AbortSignal): Promise<readonly ServiceVoice[]>;
}
