import { characterAt, characterBefore } from '../../unicode.ts';

/** Markdown allows more; a longer one is more likely text in brackets. UTF-16 units. */
const LONGEST = { description: 300, linkText: 300, address: 2_000, footnote: 50 } as const;
/** `***` opens bold italics; longer runs are decoration. */
const MAX_MARKS = 3;

/**
 * Removes the marks of emphasis, code, links and similar, as well as whole pictures and footnote signs. `2 * 3`,
 * `snake_case` and `#tag` are kept. Every step reads the line once, whatever its content.
 */
export function withoutMarks(line: string): string {
  const linked = withoutLinks(withoutFootnotes(withoutPictures(line)));
  const plain = withoutStrikes(withoutUnderscores(withoutAsterisks(withoutCode(linked))));
  return plain
    .replace(/\\([\\`*_{}[\]()#+.!~>-])/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** `![description](address)` */
function withoutPictures(line: string): string {
  let parenthesis = -1;
  return withoutBrackets(line, '![', (from, close) => {
    if (line[close + 1] !== '(' || close - from - 2 > LONGEST.description) return undefined;
    if (parenthesis < close + 2) parenthesis = indexOrEnd(line, ')', close + 2);
    return parenthesis < line.length && parenthesis - close - 2 <= LONGEST.address ? parenthesis + 1 : undefined;
  });
}

/** `[^1]` */
function withoutFootnotes(line: string): string {
  return withoutBrackets(line, '[^', (from, close) => {
    const length = close - from - 2;
    return length >= 1 && length <= LONGEST.footnote ? close + 1 : undefined;
  });
}

/** Removes what begins with `opener` if `endOf` finds an end, given the position of the next "]". */
function withoutBrackets(
  line: string,
  opener: string,
  endOf: (from: number, close: number) => number | undefined,
): string {
  const kept: string[] = [];
  let done = 0;
  let close = -1;
  for (let from = line.indexOf(opener); from >= 0; ) {
    if (close < from + 2) close = indexOrEnd(line, ']', from + 2);
    if (close === line.length) break;
    const end = endOf(from, close);
    if (end !== undefined) {
      kept.push(line.slice(done, from));
      done = end;
    }
    from = line.indexOf(opener, end ?? from + 1);
  }
  return kept.join('') + line.slice(done);
}

function indexOrEnd(line: string, character: string, from: number): number {
  const index = line.indexOf(character, from);
  return index < 0 ? line.length : index;
}

/** `[text](address "title")` → text */
function withoutLinks(line: string): string {
  const target = /([^()\s]+)(?:\([^()\s]*\)[^()\s]*)?(?:\s+"[^"]*")?\)/uy;
  const kept: string[] = [];
  let done = 0;
  for (const match of line.matchAll(/\[([^[\]]+)\]\(/gu)) {
    const [opening, text = ''] = match;
    if (match.index < done || text.length > LONGEST.linkText) continue;
    target.lastIndex = match.index + opening.length;
    const address = target.exec(line);
    if (address === null || (address[1] ?? '').length > LONGEST.address) continue;
    kept.push(line.slice(done, match.index), text);
    done = target.lastIndex;
  }
  return kept.join('') + line.slice(done);
}

/** Code between two runs of the same number of backticks. */
function withoutCode(line: string): string {
  return withoutPairs(line, /`+/gu, (_, length) => ({ opens: length, closes: true }));
}

/** `*`, `**` and `***` next to a word. */
function withoutAsterisks(line: string): string {
  return withoutPairs(line, /\*+/gu, (start, length) => ({
    opens: isText(characterAt(line, start + length)) ? Math.min(length, MAX_MARKS) : 0,
    closes: isText(characterBefore(line, start)),
    opensInPart: true,
  }));
}

/** `_`, `__` and `___` around words, not inside one. */
function withoutUnderscores(line: string): string {
  return withoutPairs(line, /_+/gu, (start, length) => {
    const before = characterBefore(line, start);
    const after = characterAt(line, start + length);
    return {
      opens: length <= MAX_MARKS && !isWord(before) && isText(after) ? length : 0,
      closes: isText(before) && !isWord(after),
    };
  });
}

function isText(character: string): boolean {
  return /\S/u.test(character);
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

/** The possible roles of a run of marks. */
interface Role {
  /** Number of its marks (the last ones) that can open; 0 for none. */
  readonly opens: number;
  readonly closes: boolean;
  /** True if fewer marks than `opens` can open as well. */
  readonly opensInPart?: boolean;
}

/** Removes each opening run together with the next closing run of exactly the same number of marks. */
function withoutPairs(line: string, runs: RegExp, roleOf: (start: number, length: number) => Role): string {
  const found = Array.from(line.matchAll(runs), ({ index, 0: { length } }) => ({ start: index, length }));
  const closers = new Closers();
  for (const { start, length } of found) if (roleOf(start, length).closes) closers.add(length, start);
  const kept: string[] = [];
  let done = 0;
  for (const { start, length } of found) {
    if (start < done) continue;
    const { opens, opensInPart } = roleOf(start, length);
    for (let marks = opens; marks >= (opensInPart ? 1 : Math.max(1, opens)); marks -= 1) {
      const close = closers.next(marks, start + length);
      if (close === undefined) continue;
      kept.push(line.slice(done, start + length - marks), line.slice(start + length, close));
      done = close + marks;
      break;
    }
  }
  return kept.join('') + line.slice(done);
}

/** Positions where runs of each length close, queried from left to right. */
class Closers {
  readonly #starts = new Map<number, { readonly list: number[]; at: number }>();

  add(length: number, start: number): void {
    const known = this.#starts.get(length);
    if (known) known.list.push(start);
    else this.#starts.set(length, { list: [start], at: 0 });
  }

  /** The first run of this length that begins at or after an offset. */
  next(length: number, from: number): number | undefined {
    const known = this.#starts.get(length);
    if (!known) return undefined;
    while ((known.list[known.at] ?? Number.POSITIVE_INFINITY) < from) known.at += 1;
    return known.list[known.at];
  }
}

/** `~~text~~` → text */
function withoutStrikes(line: string): string {
  const kept: string[] = [];
  let done = 0;
  for (let from = line.indexOf('~~'); from >= 0; ) {
    if (!isText(characterAt(line, from + 2))) {
      from = line.indexOf('~~', from + 1);
      continue;
    }
    const close = line.indexOf('~~', from + 3);
    if (close < 0) break;
    kept.push(line.slice(done, from), line.slice(from + 2, close));
    done = close + 2;
    from = line.indexOf('~~', done);
  }
  return kept.join('') + line.slice(done);
}
