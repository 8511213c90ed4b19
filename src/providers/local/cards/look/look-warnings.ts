import { LOOK_NAMES, sceneLookOf } from './scene-look.ts';
import { STYLE_NAMES, visualStyleOf } from './visual-styles.ts';

/** Why a visual style changes nothing in built-in pictures, in a sentence; null if it changes them. */
export function styleWarning(visualStyle: string, language: string): string | null {
  if (visualStyleOf(visualStyle) !== null || sceneLookOf(visualStyle, language).colour !== null) return null;
  return `The built-in pictures have no such style, so each video keeps its own look. Name one of these, in your own words: ${STYLE_NAMES.join(', ')}; or a colour.`;
}

/** Why a scene's prompt changes nothing in its built-in picture, in a sentence; null if it changes it. */
export function promptWarning(prompt: string, language: string): string | null {
  const { colour, setting } = sceneLookOf(prompt, language);
  if (colour !== null || setting !== null) return null;
  return `The built-in pictures are designed grounds and show nothing of this prompt. They follow colours and settings: ${LOOK_NAMES.join(', ')}.`;
}
