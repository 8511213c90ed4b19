import type { ProgressEvent } from '../server/watch.ts';

/** Shows somebody how a video comes about. */
export interface Display {
  /** The title became known. */
  title(title: string): void;
  show(event: ProgressEvent): void;
  /** Something that is no step of the video, e.g. a lost connection. */
  note(sentence: string): void;
  /** Leaves the terminal as it was found. May be called again. */
  close(): void;
}
