import type { Language } from '../../../../language/language.ts';
import { numbersIn, type Quantity } from '../../../../language/quantities/numbers-in-text.ts';
import { isStopWord } from '../../../../language/words/stop-words.ts';
import { areAsserted, modifierStart } from './asserted-numbers.ts';
import type { BarContent } from './bars-card.ts';
import type { ListRow } from './list-content.ts';

const FEWEST = 3;
const MOST_WORDS_OF_GRAMMAR = 3;

interface Amount {
  readonly row: ListRow;
  readonly quantity: Quantity;
}

/**
 * The amounts of a timeline, "In 2000 the share was 10 percent. In 2010 it was 20 percent."; null unless each row has one
 * amount of the same unit, and all surely speak of the same thing.
 */
export function seriesIn(rows: readonly ListRow[], language: Language): readonly BarContent[] | null {
  const amounts = rows.flatMap((row): Amount[] => {
    const [quantity, ...others] = numbersIn(row.text, language);
    if (quantity?.kind !== 'quantity' || others.length > 0 || row.label === undefined) return [];
    return areAsserted(row.text, [quantity], language) ? [{ row, quantity }] : [];
  });
  const [first] = amounts;
  if (first === undefined || amounts.length < FEWEST || amounts.length < rows.length) return null;
  const unit = unitOf(first.quantity);
  const words = wordsBeside(first);
  const values = amounts.map(({ quantity }) => quantity.value ?? 0);
  const largest = Math.max(...values);
  const isOne = amounts.every((one) => unitOf(one.quantity) === unit && isSame(wordsBeside(one), words, language));
  if (unit === '/' || /[−–-]/u.test(unit) || !isOne || values.some((value) => value <= 0)) return null;
  return amounts.map(({ row, quantity }, index) => ({
    label: row.label ?? '',
    amount:
      row.text.slice(modifierStart(quantity), quantity.start) + quantity.before + quantity.digits + quantity.after,
    share: (values[index] ?? 0) / largest,
    start: row.start,
  }));
}

function unitOf({ before, after }: Quantity): string {
  return `${before}/${after.trim()}`;
}

/** The row without its amount. */
function wordsBeside({ row: { text }, quantity }: Amount): string[] {
  const rest = text.slice(0, modifierStart(quantity)) + text.slice(quantity.end);
  return rest
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/** True for the same words, or a pronoun and its verb: "it was". */
function isSame(words: readonly string[], first: readonly string[], language: Language): boolean {
  if (words.join(' ') === first.join(' ')) return true;
  return (
    language.spaced &&
    words.length > 0 &&
    words.length <= MOST_WORDS_OF_GRAMMAR &&
    words.every((word) => isStopWord(word, language))
  );
}
