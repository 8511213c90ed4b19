/** A text as people paste it, and what a film of it must say and show; written by hand before the code ran on it. */
export interface Pasted {
  /** Completes the sentence "… is understood". */
  readonly what: string;
  readonly as: 'script' | 'article' | 'scene';
  readonly language: string;
  readonly text: string;
  /** Exact. */
  readonly title: string;
  /** Length of the film that is asked for, of an article. */
  readonly seconds?: number;
  /** The whole narration, with one space for each run of white space. */
  readonly said?: string;
  /** Parts of the narration, with one space for each run of white space. */
  readonly holds?: readonly string[];
  /** What no scene's narration, followed by a line feed, and no heading or title may hold. */
  readonly never?: readonly string[];
  /** The headings of the scenes in order, of the first scene below each; none by default. */
  readonly headings?: readonly string[];
}
