import type { SpeechEvent } from '../program/frames.ts';
import { PAUSE, type Segment } from './segments.ts';
import { type SpokenWord, wordsOfPhones } from './word-alignment.ts';

export interface PlacedWord extends SpokenWord {
  /** In the piece, in code points. */
  readonly position: number;
}

/** The words and sounds of a piece as events; a word that is not heard has none. */
export function wordEvents(segments: readonly Segment[], words: readonly PlacedWord[]): readonly SpeechEvent[] {
  const heard = segments.slice(leadingPauses(segments));
  const owners = wordsOfPhones(
    heard.map(({ phone }) => phone),
    words,
  );
  const events: SpeechEvent[] = [];
  let current: number | undefined;
  heard.forEach(({ phone, startSeconds }, index) => {
    const owner = owners[index] ?? 0;
    const position = words[owner]?.position ?? 0;
    const milliseconds = Math.round(startSeconds * 1000);
    if (phone === PAUSE) {
      events.push(['phoneme', position, milliseconds, 0]);
      return;
    }
    if (owner !== current) events.push(['word', position, milliseconds, 1]);
    current = owner;
    events.push(['phoneme', position, milliseconds, 1]);
  });
  return events;
}

function leadingPauses(segments: readonly Segment[]): number {
  const first = segments.findIndex(({ phone }) => phone !== PAUSE);
  return first < 0 ? segments.length : first;
}
