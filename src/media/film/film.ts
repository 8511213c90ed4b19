import type { LaterGround } from '../../overlays/ground.ts';
import type { Overlay } from '../../overlays/overlay.ts';

/** Types of the film assembler. Frames are whole numbers at the film's rate; seconds are used only for sound. */

/** Finished frame size in pixels, both even. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Pauses and fades of the film, in frames. Fades are inside the pauses: `fade <= lead` and `fade <= tail`. */
export interface Rhythm {
  readonly frameRate: 25 | 30;
  /** Silence before a scene's narration. */
  readonly leadFrames: number;
  /** Silence after it. */
  readonly tailFrames: number;
  /** Overlap of two neighbours. */
  readonly fadeFrames: number;
}

/** One caption of a subtitle file; seconds from the beginning of its scene's narration, or of the film. */
export interface SubtitleCue {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** One or two. */
  readonly lines: readonly string[];
}

/** How good a break after a word is, for a line or a caption. */
export type BreakQuality = 'sentence' | 'clause' | 'phrase' | 'word' | 'poor';

/** A word of a cue with its punctuation; in scripts without spaces a word as segmented. */
export interface CueWord {
  /** With a space in it where it is an amount with its unit: "250 g". */
  readonly text: string;
  /** Equal to `endSeconds` for what is not spoken, such as an emoji. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** True where a space separates it from the previous word. */
  readonly spaced: boolean;
  readonly breakAfter: BreakQuality;
  /** True where the next word must be on the same line: "Mr." before "Smith". */
  readonly joinsNext: boolean;
}

/** One caption with the times of its words, as the painter needs it. */
export interface Cue extends SubtitleCue {
  /** In order; together they are the text of the lines. */
  readonly words: readonly CueWord[];
}

/** A BLOCK is a plate with one or two lines; WORD_HIGHLIGHT has a few large words, of which the spoken one is marked. */
export type CaptionStyle = 'BLOCK' | 'WORD_HIGHLIGHT';

export interface CaptionLook {
  readonly style: CaptionStyle;
  /** "#rrggbb" behind the spoken word; light enough for dark letters. */
  readonly highlight: string;
}

/** A scene as input of the film assembler. Paths are local and readable. */
export interface SceneMedia {
  /** Unchanged by edits of other scenes; seeds the motion. */
  readonly id: string;
  readonly picturePath: string;
  /** SHA-256 of the picture's bytes, hex. */
  readonly pictureHash: string;
  readonly voicePath: string;
  readonly voiceHash: string;
  /** Narration alone, without pauses. */
  readonly narrationSeconds: number;
  /** In order; none reaches outside 0..narrationSeconds by more than 150 ms. */
  readonly cues: readonly Cue[];
  /** Drawn over the moving picture; none by default. */
  readonly overlays?: readonly Overlay[];
  /** Pictures that follow the first one while the scene is spoken, in order; none by default. */
  readonly grounds?: readonly LaterGround[];
  /** Who speaks the scene; in all scenes of a film or in none. */
  readonly presenter?: PresenterMedia;
}

/** In a corner over the picture, or in place of it. */
export type PresenterLayout = 'CORNER' | 'FULL';

/** A moving picture that begins and ends with its scene, pauses included. */
export interface PresenterMedia extends FrameSize {
  readonly path: string;
  /** SHA-256 of its bytes, hex. */
  readonly hash: string;
  readonly layout: PresenterLayout;
}

/** Everything that determines a film's look and sound, apart from its scenes. */
export interface FilmFormat {
  readonly size: FrameSize;
  readonly rhythm: Rhythm;
  /** Null leaves the captions out of the picture. */
  readonly captionLook: CaptionLook | null;
  readonly language: string;
  readonly music?: MusicBed;
}

export interface MusicBed {
  /** Name of a built-in piece or of one of the user's own files. */
  readonly mood: string;
  /** 0 to 1; 0.15 is 18 LU below the voice, and twice as much is 6 LU more. */
  readonly volume: number;
}
