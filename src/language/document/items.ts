import { characterBefore } from '../../unicode.ts';
import { hasContent } from '../clean.ts';
import { type Language, WIDE_SCRIPT } from '../language.ts';

const CLOSED = /[\p{Po}\p{Pf}\p{Pe}"]$/u;
/** "40%" ends with a sign, not with a full stop. */
const SIGNS = /[%‰&@#*/\\§′″]$/u;

/**
 * An item of a list or a row of a table as a sentence: with the full stop of its script if it has no closing punctuation.
 * An item that ends with a unit or a name in Latin letters still is Chinese.
 */
export function asSentence(item: string, language: Language): string {
  const text = item.trimEnd();
  if (!hasContent(text) || (CLOSED.test(text) && !SIGNS.test(text))) return text;
  const isWide = WIDE_SCRIPT.test(language.spaced ? characterBefore(text, text.length) : text);
  return `${text}${isWide ? '。' : '.'}`;
}

/** A row of a table as a sentence: "Planet: Mars, Moons: 2." */
export function rowText(headers: readonly string[], cells: readonly string[], language: Language): string {
  const isChinese = WIDE_SCRIPT.test(`${headers.join('')}${cells.join('')}`);
  const parts = cells.flatMap((cell, i) => {
    const header = headers[i] ?? '';
    if (!hasContent(cell)) return [];
    return hasContent(header) ? [`${header}${isChinese ? '：' : ': '}${cell}`] : [cell];
  });
  return asSentence(parts.join(isChinese ? '，' : ', '), language);
}
