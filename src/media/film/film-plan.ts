import type { Rhythm } from './film.ts';

/** Frames [start, end) counted from a scene's first frame. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

export interface ScenePlan {
  /**
   * The scene's own frames, seams included. They depend only on its narration, so that an edit of another scene does
   * not change them.
   */
  readonly frames: number;
  /** Film frame of the scene's first frame. */
  readonly startFrame: number;
  /** Film frame at which its narration begins. */
  readonly voiceFrame: number;
  /** Scene frames that show only this scene. */
  readonly body: FrameRange;
}

export interface FilmPlan {
  readonly scenes: readonly ScenePlan[];
  /** Frames after the last scene's own, so that the film's length is exact to the frame; often empty. */
  readonly ending: FrameRange;
  readonly totalFrames: number;
  readonly durationSeconds: number;
}

/** A scene's index and the number of scenes: whether it has a neighbour to fade from and to. */
export interface ScenePosition {
  readonly index: number;
  readonly count: number;
}

/** Fade 0.4 s, pauses of half a second before and after, in whole frames. */
export function rhythmFor(frameRate: 25 | 30): Rhythm {
  return frameRate === 25
    ? { frameRate, fadeFrames: 10, leadFrames: 12, tailFrames: 13 }
    : { frameRate, fadeFrames: 12, leadFrames: 15, tailFrames: 15 };
}

/**
 * Frames of one scene: its pauses and the whole frames of its narration. The cut-off remainder, always less than a
 * frame, shortens the pause after the voice; the film's ending adds the sum of the remainders.
 */
export function sceneFrames(narrationSeconds: number, position: ScenePosition, rhythm: Rhythm): number {
  const exact = narrationSeconds * rhythm.frameRate;
  // A film of one scene needs no ending: its only clip is as long as the film. 1e-6: 5.4 s × 25 must not become 134.
  const narration = position.count === 1 ? Math.round(exact) : Math.floor(exact + 1e-6);
  return rhythm.leadFrames + narration + rhythm.tailFrames;
}

/** The frames of a scene outside of its seams. */
export function bodyRange(frames: number, position: ScenePosition, rhythm: Rhythm): FrameRange {
  return {
    start: position.index === 0 ? 0 : rhythm.fadeFrames,
    end: position.index === position.count - 1 ? frames : frames - rhythm.fadeFrames,
  };
}

/**
 * Computes the scenes' positions: length = Σ(narration + pauses) − (n − 1) × fade, rounded once to a whole frame. Each
 * scene is rounded down, and the remainder, less than a frame each, is shown as a short clip at the end: a plan that
 * carried the remainder from scene to scene would change all later scenes when one changes.
 */
export function planFilm(narrationSeconds: readonly number[], rhythm: Rhythm): FilmPlan {
  const count = narrationSeconds.length;
  let startFrame = 0;
  const scenes = narrationSeconds.map((seconds, index) => {
    const position = { index, count };
    const frames = sceneFrames(seconds, position, rhythm);
    const scene = {
      frames,
      startFrame,
      voiceFrame: startFrame + rhythm.leadFrames,
      body: bodyRange(frames, position, rhythm),
    };
    startFrame += frames - rhythm.fadeFrames;
    return scene;
  });
  const lastFrames = scenes.at(-1)?.frames ?? 0;
  const totalFrames = filmFrames(narrationSeconds, rhythm);
  const endingFrames = totalFrames - (startFrame + rhythm.fadeFrames);
  const ending = { start: lastFrames, end: lastFrames + endingFrames };
  return { scenes, ending, totalFrames, durationSeconds: totalFrames / rhythm.frameRate };
}

/** The film's length in frames by its definition. */
export function filmFrames(narrationSeconds: readonly number[], rhythm: Rhythm): number {
  const spoken = narrationSeconds.reduce((sum, seconds) => sum + seconds, 0) * rhythm.frameRate;
  const pauses = narrationSeconds.length * (rhythm.leadFrames + rhythm.tailFrames);
  const fades = Math.max(0, narrationSeconds.length - 1) * rhythm.fadeFrames;
  return Math.round(spoken) + pauses - fades;
}
