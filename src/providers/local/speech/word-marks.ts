import type { Mark } from '../../voices/sound/timings.ts';
import type { SpeechEvent } from './program/frames.ts';

/**
 * Word times from espeak-ng's events. A word's event is up to 51 ms before its sound, so that its first phoneme gives
 * the start; it ends where a pause or the next word begins. Offsets are UTF-16 units of `text`, times are seconds from
 * the piece's beginning.
 */
export function wordMarks(text: string, events: readonly SpeechEvent[], durationSeconds: number): readonly Mark[] {
  const offsets = offsetsOfCodePoints(text);
  const wordAfter = nextWords(events);
  const marks: Mark[] = [];
  events.forEach(([kind, position, milliseconds], index) => {
    if (kind !== 'word') return;
    const next = wordAfter[index] ?? events.length;
    const following = events.slice(index + 1, next);
    const first = following.find(([, , , sounds]) => sounds === 1);
    const last = following.findLastIndex(([, , , sounds]) => sounds === 1);
    // A stop consonant inside a word is a pause, too: only the pause after its last sound ends it.
    const pause = following[last + 1];
    const after = events[next];
    marks.push({
      offset: offsets[Math.min(Math.max(0, position), offsets.length - 1)] ?? 0,
      startSeconds: (first?.[2] ?? milliseconds) / 1000,
      endSeconds: pause ? pause[2] / 1000 : after ? after[2] / 1000 : durationSeconds,
    });
  });
  return marks;
}

/** For each event the index of the next word after it; the number of events where there is none. */
function nextWords(events: readonly SpeechEvent[]): number[] {
  const after: number[] = [];
  let next = events.length;
  for (let index = events.length - 1; index >= 0; index -= 1) {
    after[index] = next;
    if (events[index]?.[0] === 'word') next = index;
  }
  return after;
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
