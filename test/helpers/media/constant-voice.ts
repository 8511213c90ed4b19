import { isEastAsian } from '../../../src/media/captions/glyph-width.ts';
import type { SpokenNarration } from '../../../src/providers/ports.ts';

/**
 * A voice that speaks at a constant rate: word by word, or in Chinese clause by clause, as the built-in voices do. It takes
 * `slowness` times as long as usual.
 */
export function constantVoice(narration: string, language: string, slowness = 1): SpokenNarration {
  const unit = isEastAsian(language) ? /[^，。！？；：、\n]+[，。！？；：、」\n]*/gu : /\S+/gu;
  let seconds = 0;
  const timings = Array.from(narration.matchAll(unit), ({ 0: text, index }) => {
    const startSeconds = seconds;
    seconds += text.length * secondsPerCharacter(language) * slowness;
    return { text, textStart: index, textEnd: index + text.length, startSeconds, endSeconds: seconds };
  });
  return { narration, timings, durationSeconds: Math.max(1, seconds) };
}

/** Seconds that the voice takes for one UTF-16 unit. */
export function secondsPerCharacter(language: string): number {
  return isEastAsian(language) ? 0.24 : 0.07;
}
