import type { Reader, Reading, Rule } from './reader.ts';

/** Between two days: "Mon–Fri", "Sat & Sun", "Mo. bis Fr.". A comma only parts days, since "Jan, May" may be persons. */
const JOINTS = /^(?:[-–—~&+/,]|to|and|bis|und|a|à|au|e|y|et|al)$/u;
/** Names in a row. */
const LONGEST = 7;
const DASH = /^[-–—~]$/u;

interface Named {
  readonly name: string;
  readonly end: number;
}

/** "Mon–Fri", "Tue./Thu.", "January–March": two or more days, or two months. */
export const span: Rule = (reader, at) => {
  if (reader.token(at).kind !== 'word' || !reader.isFree(at)) return undefined;
  const { days, months } = reader.language.references.calendar;
  return spanOf(reader, at, days) ?? spanOf(reader, at, months);
};

function spanOf(reader: Reader, at: number, names: ReadonlyMap<string, string>): Reading | undefined {
  const { calendar } = reader.language.references;
  const first = namedAt(reader, at, names);
  if (first === undefined || (reader.text(at).length === 1 && !DASH.test(reader.text(at + 1)))) return undefined;
  let { name: words, end } = first;
  let next = nextNamed(reader, end, names);
  for (let count = 1; next && count < LONGEST; count += 1) {
    words = DASH.test(next.joint)
      ? calendar.span(words, next.name, reader.wordBefore(at))
      : `${words}${jointWords(reader, next.joint)}${next.name}`;
    end = next.end;
    next = nextNamed(reader, end, names);
  }
  return end === first.end ? undefined : { words, end };
}

function nextNamed(reader: Reader, at: number, names: ReadonlyMap<string, string>) {
  const place = reader.skipSpace(at);
  const joint = reader.text(place);
  if (!JOINTS.test(joint)) return undefined;
  // A month has no other joint: "May and June" says itself, and "Jan & May" may be persons.
  if (names !== reader.language.references.calendar.days && !DASH.test(joint)) return undefined;
  const found = namedAt(reader, reader.skipSpace(place + 1), names);
  return found && { ...found, joint };
}

function jointWords(reader: Reader, joint: string): string {
  if (joint === '&' || joint === '+') return ` ${reader.language.signs.and} `;
  return joint === ',' || joint === '/' ? ', ' : ` ${joint} `;
}

function namedAt(reader: Reader, at: number, names: ReadonlyMap<string, string>): Named | undefined {
  const text = reader.text(at);
  const name = names.get(text);
  if (name === undefined) return undefined;
  // The full stop of an abbreviation; that of the last one may end the sentence.
  const next = reader.skipSpace(at + 2);
  const isShort = name !== text && reader.text(at + 1) === '.';
  const goesOn = JOINTS.test(reader.text(next)) || /^[\p{Ll}\d]/u.test(reader.text(next));
  return { name, end: isShort && goesOn ? at + 2 : at + 1 };
}

/** "3rd–5th", "1º–3º": the dash between two ordinals. */
export const ordinalSpan: Rule = (reader, at) => {
  const { ordinalEnding } = reader.language.references;
  const before = reader.text(at - 2) === '.' ? at - 3 : at - 2;
  if (ordinalEnding === undefined || !DASH.test(reader.text(at)) || reader.token(before).kind !== 'number')
    return undefined;
  const isOrdinal = (place: number): boolean => ordinalEnding.test(reader.text(place));
  const after = reader.text(at + 2) === '.' ? at + 3 : at + 2;
  if (!isOrdinal(at - 1) || reader.token(at + 1).kind !== 'number' || !isOrdinal(after)) return undefined;
  return { words: ` ${reader.language.signs.range} `, end: at + 1 };
};
