import type { SpeechEvent } from './frames.ts';
import type { Mark } from './timings.ts';

/**
 * Words out of espeak-ng's events. A word's event comes up to 51 ms before its sound, so that its first phoneme gives
 * the beginning; it ends where a pause or the next word begins. Offsets are UTF-16 units of `text`, times are seconds
 * from the piece's beginning.
 */
export function wordMarks(text: string, events: readonly SpeechEvent[], durationSeconds: number): readonly Mark[] {
  const offsets = offsetsOfCodePoints(text);
  const marks: Mark[] = [];
  events.forEach(([kind, position, milliseconds], index) => {
    if (kind !== 'word') return;
    const following = events.slice(index + 1, nextWord(events, index + 1));
    const first = following.find(([, , , sounds]) => sounds === 1);
    const last = following.findLastIndex(([, , , sounds]) => sounds === 1);
    // A stop inside a word is a pause, too: only the one after its last sound ends it.
    const pause = following[last + 1];
    const after = events[nextWord(events, index + 1)];
    marks.push({
      offset: offsets[Math.min(Math.max(0, position), offsets.length - 1)] ?? 0,
      startSeconds: (first?.[2] ?? milliseconds) / 1000,
      endSeconds: pause ? pause[2] / 1000 : after ? after[2] / 1000 : durationSeconds,
    });
  });
  return marks;
}

function nextWord(events: readonly SpeechEvent[], from: number): number {
  const next = events.findIndex(([kind], index) => index >= from && kind === 'word');
  return next < 0 ? events.length : next;
}

function offsetsOfCodePoints(text: string): readonly number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const character of text) {
    offsets.push(offset);
    offset += character.length;
  }
  return offsets;
}
