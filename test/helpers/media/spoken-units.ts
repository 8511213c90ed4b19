import type { SpokenUnit } from '../../../src/media/captions/speech-timeline.ts';

/** A spoken unit with its text. */
export interface Unit extends SpokenUnit {
  readonly text: string;
}

/** A voice that speaks each match at a constant rate per character, with a pause after punctuation. */
function spoken(text: string, unit: RegExp, secondsPerCharacter: number): Unit[] {
  let timeline = 0.02;
  return [...text.matchAll(unit)].map((match) => {
    const startSeconds = timeline;
    const endSeconds = timeline + secondsPerCharacter * match[0].length;
    timeline = endSeconds + (/[.!?。！？]$/u.test(match[0]) ? 0.4 : /\p{P}$/u.test(match[0]) ? 0.2 : 0.01);
    return { text: match[0], textStart: match.index, textEnd: match.index + match[0].length, startSeconds, endSeconds };
  });
}

export const byWord = (text: string) => spoken(text, /\S+/gu, 0.07);
export const byClause = (text: string) => spoken(text, /[^，。！？；：、]+[，。！？；：、」]*/gu, 0.24);
