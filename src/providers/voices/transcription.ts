import type { ContentProvider } from '../provider.ts';
import type { HeardWord } from './voice-service.ts';

export interface TranscriptionRequest {
  /** A complete WAV file: PCM 16 bit mono. */
  readonly wav: Uint8Array;
  readonly durationSeconds: number;
  /** BCP 47. */
  readonly language: string;
}

/** What was heard, in order. */
export interface Transcript {
  readonly words: readonly HeardWord[];
}

/** Gives the times of words in a sound. */
export type TranscriptionProvider = ContentProvider<TranscriptionRequest, Transcript>;
