import type { Box } from '../drawing/geometry.ts';
import type { TransitionKinds } from './ground.ts';

/**
 * What a scene shows over its moving picture. Times are seconds from the beginning of the narration; an overlay that
 * starts at 0 is there from the scene's first frame, one that ends with the narration stays until the scene's last.
 * Places and sizes are shares of the frame, so that an overlay is the same at every resolution. Colours are "#rrggbb".
 */
export type Overlay =
  | WordsOverlay
  | MotifOverlay
  | DiscOverlay
  | FigureOverlay
  | BarsOverlay
  | RowsOverlay
  | MapOverlay
  | CodeOverlay;

interface Timed {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A headline, with a small line below it; an empty string leaves a line out. */
export interface WordsOverlay extends Timed {
  readonly kind: 'words';
  readonly words: Words;
  readonly place: WordsPlace;
  readonly inks: WordsInks;
  /**
   * Parts of a headline that takes long to speak, in order, the first at its beginning. Each is emphasized while it is
   * spoken, or appears then; empty if the headline is bright from the beginning.
   */
  readonly clauses: readonly Clause[];
  /** A large quotation mark above the words. */
  readonly mark?: 'quotation';
  /** Kinds of transition that suit the style of the picture; the default ones where left out. */
  readonly transitions?: TransitionKinds;
}

export interface Words {
  readonly language: string;
  /** The default letters where left out. */
  readonly lettering?: Lettering;
  readonly headline: string;
  readonly secondary: string;
}

/** The letters of headlines. */
export interface Lettering {
  readonly weight: 500 | 700 | 900;
  /** The largest size, as a share of the default. */
  readonly scale: number;
}

export interface WordsPlace {
  /** Nothing is written outside of it. */
  readonly box: Box;
  readonly align: 'left' | 'center';
  readonly anchor: 'top' | 'middle' | 'bottom';
  /** True for a headline that explains something larger beside it. */
  readonly isSmall?: boolean;
}

export interface WordsInks {
  readonly headline: string;
  /** The last phrase of a headline of several lines; null if no other colour is legible. */
  readonly emphasis: string | null;
  /** Small lines, and what has not been spoken yet. */
  readonly soft: string;
  /** Bars beside words and between scenes. */
  readonly rule: string;
}

export interface Clause {
  /** UTF-16 units of the headline. */
  readonly start: number;
  readonly startSeconds: number;
  /** True for a statement of its own, which is invisible until it is spoken. */
  readonly appears: boolean;
}

/** One large sign, which drifts slowly. */
export interface MotifOverlay extends Timed {
  readonly kind: 'motif';
  readonly sign: Sign;
  /** Shares of the frame's width and height. */
  readonly centre: { readonly x: number; readonly y: number };
  /** From the centre to the corners of the sign's ink: a share of the frame's shorter side. */
  readonly reach: number;
  readonly toward: 'left' | 'right' | 'up' | 'down';
  /** Of large letters or an icon; an emoji has its own colours and a shadow. */
  readonly ink: string;
}

/** The plain ground of the motifs that follow one another, which lies over the picture while they are shown. */
export interface DiscOverlay extends Timed {
  readonly kind: 'disc';
  /** Shares of the frame's width and height. */
  readonly centre: { readonly x: number; readonly y: number };
  /** A share of the frame's shorter side. */
  readonly radius: number;
  readonly colour: string;
}

/** An emoji, large letters (the number of the author's heading, a question mark), or an icon: SVG path data that is filled. */
export type Sign =
  | { readonly kind: 'emoji' | 'text'; readonly text: string }
  | { readonly kind: 'icon'; readonly path: string };

/** Words that belong together beside or below others of the same scene, in one place. */
interface Written extends Timed {
  /** BCP 47 */
  readonly language: string;
  readonly place: WordsPlace;
  readonly inks: WordsInks;
}

/** A large number, or a year. */
export interface FigureOverlay extends Written {
  readonly kind: 'figure';
  /** Small, above the number: "more than"; may be empty. */
  readonly lead: string;
  readonly figure: Figure;
}

/** A number as the author writes it: "$", "4.8", " million". */
export interface Figure {
  readonly before: string;
  readonly digits: string;
  /** The unit; with a space before it, it is smaller than the digits. */
  readonly after: string;
  /** Null if it appears as it is written. */
  readonly counter: FigureCounter | null;
}

/** A whole number that counts up while it appears. */
export interface FigureCounter {
  /** At least 10. */
  readonly value: number;
  /** Between groups of three digits; may be empty. */
  readonly groupMark: string;
}

/** Amounts of one unit as bars that begin at 0, of which the longest fills the width or height. */
export interface BarsOverlay extends Written {
  readonly kind: 'bars';
  /** Columns from left to right for a series in the order of time, else rows from top to bottom. */
  readonly form: 'rows' | 'columns';
  /** 2 to 6, in the order in which they are spoken. */
  readonly bars: readonly Bar[];
}

export interface Bar {
  /** What it belongs to, e.g. a year; may be empty. */
  readonly label: string;
  /** The amount as the author writes it. */
  readonly amount: string;
  /** Of the longest bar: 0 to 1. */
  readonly share: number;
  readonly startSeconds: number;
}

/** Code of the author's text in a monospaced font, on a panel. */
export interface CodeOverlay extends Written {
  readonly kind: 'code';
  /** The author's heading, above the code on the panel; may be empty. */
  readonly lead: string;
  /** Lines that are not broken. */
  readonly code: string;
  readonly panel: PanelInks;
}

/** Each text colour is legible on the ground. */
export interface PanelInks {
  readonly ground: string;
  readonly code: string;
  readonly lead: string;
}

/** The rows of a list, each of which appears when it is spoken. */
export interface RowsOverlay extends Written {
  readonly kind: 'rows';
  /** The line that leads to the list; may be empty. */
  readonly lead: string;
  /** 2 to 5. */
  readonly rows: readonly Row[];
  readonly isNumbered: boolean;
  /** The number of the first row; 1 where it is missing. */
  readonly firstNumber?: number;
}

export interface Row {
  /** A year. Rows with years are along a line; all have one, or none. */
  readonly label?: string;
  readonly text: string;
  readonly startSeconds: number;
}

/** A round map of the region around the countries and cities that are named, each of which is filled when it is spoken. */
export interface MapOverlay extends Timed {
  readonly kind: 'map';
  /** BCP 47 */
  readonly language: string;
  /** Shares of the frame's width and height. */
  readonly centre: { readonly x: number; readonly y: number };
  /** A share of the frame's shorter side. */
  readonly radius: number;
  /** 1 to 4, in the order in which they are spoken. */
  readonly locations: readonly MapLocation[];
  readonly inks: MapInks;
}

export interface MapLocation {
  readonly label: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
  /** Of a city; null for a whole country. */
  readonly point: GeoPoint | null;
  readonly startSeconds: number;
}

/** Degrees north and east. */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

export interface MapInks {
  readonly sea: string;
  readonly land: string;
  /** Countries that are spoken of. */
  readonly fill: string;
  /** The label and the plate behind it. */
  readonly label: string;
  readonly plate: string;
}
