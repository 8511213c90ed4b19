/** More than enough to recognize a statement, and to find it in the code. */
const SHOWN = 500;
/** A statement with thousands of values may be megabytes long. What is cut off is never shown. */
const READ = 8_000;
const HIDDEN = '?';

/**
 * A statement without its literals and comments: neither content of users nor a secret remains, only words of SQL and names. Strings and
 * numbers become `?`, blanks and control characters one blank. A text that was cut off inside a string or a comment ends there.
 */
export function shownStatement(text: string): string {
  const source = text.slice(0, READ);
  let shown = '';
  for (let at = 0; at < source.length && shown.length <= SHOWN + 2; ) {
    const end = endOfPart(source, at);
    shown += shownPart(source, at, end, shown.at(-1));
    at = end;
  }
  const trimmed = shown.trim();
  const isWhole = trimmed.length <= SHOWN;
  return (isWhole ? trimmed : `${trimmed.slice(0, SHOWN - 1)}…`).toWellFormed();
}

/** Where the blank, comment, string, name or number ends that begins here. */
function endOfPart(source: string, at: number): number {
  const [one = '', other = ''] = [source[at], source[at + 1]];
  if (isBlank(one)) return endWhile(source, at, isBlank);
  if (one === '-' && other === '-') return endOfLine(source, at);
  if (one === '/' && other === '*') return endOfComment(source, at);
  if (one === "'") return endOfQuoted(source, at, isEscaped(source, at));
  if (one === '"') return endOfQuoted(source, at, false);
  if (one === '$') return endOfDollar(source, at);
  if (isDigit(one) || isLetter(one)) return endWhile(source, at, isNameCharacter);
  return at + 1;
}

function shownPart(source: string, at: number, end: number, before: string | undefined): string {
  const [one = '', other = ''] = [source[at], source[at + 1]];
  if (isBlank(one) || (one === '-' && other === '-') || (one === '/' && other === '*'))
    return before === ' ' ? '' : ' ';
  if (one === "'" || isDigit(one)) return HIDDEN;
  if (one === '$') return isDigit(other) ? source.slice(at, end) : HIDDEN;
  return source.slice(at, end);
}

/** A quote is doubled inside; in a string with escapes, a backslash also precedes it. */
function endOfQuoted(source: string, at: number, hasEscapes: boolean): number {
  const quote = source[at];
  for (let next = at + 1; next < source.length; next++) {
    if (hasEscapes && source[next] === '\\') next++;
    else if (source[next] === quote && source[next + 1] === quote) next++;
    else if (source[next] === quote) return next + 1;
  }
  return source.length;
}

/** `E'…'`, where the E is no end of a name. */
function isEscaped(source: string, at: number): boolean {
  const [letter = '', before = ''] = [source[at - 1], source[at - 2]];
  return (letter === 'E' || letter === 'e') && !isNameCharacter(before);
}

/** `$1`, or a string between two equal tags such as `$$` or `$body$`; a single sign is one character. */
function endOfDollar(source: string, at: number): number {
  const tagEnd = endWhile(source, at + 1, (one) => one !== '$' && isNameCharacter(one));
  if (isDigit(source[at + 1] ?? '')) return tagEnd;
  if (source[tagEnd] !== '$') return tagEnd === source.length ? tagEnd : at + 1;
  const tag = source.slice(at, tagEnd + 1);
  const found = source.indexOf(tag, tagEnd + 1);
  return found === -1 ? source.length : found + tag.length;
}

function endOfLine(source: string, at: number): number {
  const found = source.indexOf('\n', at);
  return found === -1 ? source.length : found;
}

/** Comments may be inside each other. */
function endOfComment(source: string, at: number): number {
  let depth = 0;
  for (let next = at; next < source.length - 1; next++) {
    const two = source.slice(next, next + 2);
    if (two === '/*') depth++;
    else if (two === '*/') depth--;
    else continue;
    next++;
    if (depth === 0) return next + 1;
  }
  return source.length;
}

function endWhile(source: string, at: number, belongs: (character: string) => boolean): number {
  let end = at;
  while (end < source.length && belongs(source[end] ?? '')) end++;
  return end;
}

function isBlank(one: string): boolean {
  return one <= ' ' || (one >= '\u007f' && one <= '\u00a0');
}

function isDigit(one: string): boolean {
  return one >= '0' && one <= '9';
}

/** As PostgreSQL sees it: all of Unicode beyond ASCII may be in names. */
function isLetter(one: string): boolean {
  return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || one === '_' || one > '\u00a0';
}

function isNameCharacter(one: string): boolean {
  return one !== '' && (isLetter(one) || isDigit(one) || one === '$');
}
