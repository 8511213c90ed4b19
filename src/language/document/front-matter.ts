/** A text without what is before it, and the title that was found there. */
export interface Untitled {
  readonly text: string;
  readonly title?: string;
}

/** Longer front matter is more likely text between two rules. Lines. */
const LONGEST = 60;
const FIELD = /^[\p{L}_][\p{L}\p{N}_ -]{0,40}\s?[:=]/u;
const LIST_OR_VALUE = /^(?:\s|-\s|#|$|\]|\}|['"])/u;

/** Removes YAML between two lines of "---", or TOML between "+++", at the beginning. Expects cleaned text. */
export function withoutFrontMatter(text: string): Untitled {
  const opening = /^\s{0,9}(---|\+\+\+)[^\S\n]*\n/u.exec(text);
  if (!opening) return { text };
  const lines = text.slice(opening[0].length).split('\n', LONGEST);
  const end = lines.findIndex(
    (line) => line.trimEnd() === opening[1] || (opening[1] === '---' && line.trimEnd() === '...'),
  );
  const fields = lines.slice(0, Math.max(0, end));
  if (end < 0 || !fields.some((line) => FIELD.test(line))) return { text };
  if (!fields.every((line) => FIELD.test(line) || LIST_OR_VALUE.test(line))) return { text };
  const rest = text.slice(opening[0].length + lines.slice(0, end + 1).join('\n').length);
  const title = fields.map(titleIn).find((one) => one !== undefined);
  return title === undefined ? { text: rest } : { text: rest, title };
}

function titleIn(line: string): string | undefined {
  const value = /^title\s?[:=](.{1,300})$/iu.exec(line)?.[1]?.trim();
  return value?.replace(/^(["'])(.*)\1$/u, '$2');
}
