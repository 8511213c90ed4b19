import { spaceBetween } from '../../../language/clean.ts';
import type { Block } from '../../../language/document/block.ts';
import { asSentence } from '../../../language/document/items.ts';
import { isHeadingAt } from '../../../language/document/plain-heading.ts';
import { namesPart } from '../../../language/headlines/part-names.ts';
import { statementsOf } from '../../../language/headlines/statements.ts';
import type { Language } from '../../../language/language.ts';
import { sentencesOf } from '../../../language/sentences/sentences.ts';
import { unreadableScript } from '../../../language/spoken/foreign-letters.ts';
import { contentKeys } from '../../../language/words/words.ts';
import type { JoinedBlock } from './code-of-sentences.ts';

/** A longer heading is a sentence of its own, and no subject. UTF-16 units. */
const LONGEST_SUBJECT = 80;
/** What is read of a text for its first sentence, in UTF-16 units. */
const READ = 600;
/** Of two forms of one word, the shorter begins the other up to this share, and at least with so many letters. */
const SAME_BEGINNING = 0.75;
const FEWEST_SAME = 4;
/** "Haftung" and "haften" are forms of one word. */
const NOMINAL = /(?<=\p{L}{4})ung(?:en)?$/u;
/** A sentence that begins with an article has a subject of its own, which is not the heading. */
const OPENS_WITH_NOUN: Readonly<Record<string, RegExp>> = {
  en: /^(?:the|an?|every|each|most|many)\s\p{L}/iu,
  de: /^(?:der|die|das|ein|eine|einer|jede[rs]?|alle|viele)\s\p{Lu}/iu,
  fr: /^(?:le|la|les|une?|des|chaque)\s\p{L}|^l['’]\p{L}/iu,
  es: /^(?:el|la|los|las|una?|unos|unas|cada)\s\p{L}/iu,
  pt: /^(?:os?|as?|uma?|uns|umas|cada)\s\p{L}/iu,
  it: /^(?:il|lo|la|i|gli|le|un|uno|una|ogni)\s\p{L}|^(?:l|un)['’]\p{L}/iu,
};

export interface SectionContext {
  readonly language: Language;
  readonly title: string | undefined;
  readonly kind: Block['kind'] | undefined;
}

/**
 * A section's text as it is spoken: with its heading as a sentence before it where the first sentence is not understood
 * without ("Helmet" above "It is compulsory."). A heading that names only a part of the text ("Introduction") stays silent.
 * So does the `title` of the whole text, which the film shows by itself. `kind` is that of the section's first block: of the
 * items of a list and the rows of a table, none has a subject of its own.
 */
export function withSubject(
  block: JoinedBlock,
  heading: string | undefined,
  { language, title, kind }: SectionContext,
): JoinedBlock {
  if (heading === undefined || heading === title) return block;
  const { text, marks } = block;
  const isList = kind === 'item' || kind === 'row';
  const [first] = sentencesOf(text.slice(0, READ), language);
  if (heading.length > LONGEST_SUBJECT || namesPart(heading) || first === undefined) return block;
  // A voice refuses a text that is mostly of another script.
  if (unreadableScript(heading, language.tag) !== undefined) return block;
  if (!isList && OPENS_WITH_NOUN[language.base]?.test(first.text)) return block;
  const subject = contentKeys(heading, language);
  const said = contentKeys(first.text, language);
  if (subject.length === 0 || subject.some((key) => said.some((word) => isSameWord(key, word)))) return block;
  const sentence = asSentence(heading, language);
  const joint = `${sentence}${spaceBetween(sentence, text)}`;
  // "OVOS. 3 dúzias", "Ovos. Não lave.": a number may continue an abbreviation, and a denial speaks of the sentence before it on
  // its line.
  const isApart = statementsOf(joint + text.slice(0, READ), language)[0]?.end === sentence.length;
  const opening = isApart ? joint : `${sentence}\n`;
  return { text: `${opening}${text}`, marks: marks.map((mark) => ({ ...mark, at: mark.at + opening.length })) };
}

/**
 * The heading that is the title of a text, which the film shows by itself: the first one, unless a heading of the same rank
 * follows it.
 */
export function titleHeading(blocks: readonly Block[], language: Language): string | undefined {
  const at = blocks.findIndex((_, i) => isHeadingAt(blocks, i, language));
  const first = blocks[at];
  // A plain line is a title only where the text begins with it.
  if (first === undefined || (first.kind !== 'heading' && at > 0)) return undefined;
  const hasPeer = blocks.some(({ kind, level }, i) => i > at && kind === 'heading' && level <= first.level);
  return hasPeer ? undefined : first.text;
}

function isSameWord(heading: string, said: string): boolean {
  const [a, b] = [heading.replace(NOMINAL, ''), said.replace(NOMINAL, '')];
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  // Chinese words have few characters, and the words of a compound are words of it.
  if (/^\p{Script=Han}/u.test(short) || short.length >= FEWEST_SAME + 1)
    return long.includes(short) || begins(short, long);
  return long === short || begins(short, long);
}

function begins(short: string, long: string): boolean {
  const same = Math.max(FEWEST_SAME, Math.ceil(SAME_BEGINNING * short.length));
  return short.length >= same && long.startsWith(short.slice(0, same));
}
