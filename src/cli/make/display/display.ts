import type { ProgressEvent } from '../server/watch.ts';

/** Shows the progress of a video to the user. */
export interface Display {
  /** Sets the title once it is known. */
  title(title: string): void;
  show(event: ProgressEvent): void;
  /** Shows a message that is not a step of the video, e.g. a lost connection. */
  note(sentence: string): void;
  /** Restores the terminal's state. May be called again. */
  close(): void;
}
