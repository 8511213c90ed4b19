import type { Language } from '../language.ts';
import { dependsOnPrevious } from '../sentences/references.ts';
import { sentencesOf } from '../sentences/sentences.ts';
import { qualifiersIn, wordSegmenter } from './qualifiers.ts';
import { widthOf } from './width.ts';

/** A sentence, with the next one if that takes it back: "They said it was safe. It was not." */
export interface Statement {
  readonly text: string;
  /** UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  /** True if it ends with a sentence that takes back the ones before. */
  readonly takenBack: boolean;
  /** True if it is not understandable without the previous one. */
  readonly isDependent: boolean;
}

/** A denial that is not longer speaks of the sentence before it: "No.", "Das stimmt nicht." */
const SHORT_DENIAL = 30;
const CONTRAST =
  /^(?:but|yet|however|in fact|in reality|actually|aber|doch|jedoch|mais|pourtant|pero|sin embargo|mas|porém|no entanto|ma|però|tuttavia)(?!\p{L})|^(?:但|然而|可是|不過|不过|其實|其实|事實上|事实上)/iu;

/** The statements of a paragraph in order. */
export function statementsOf(text: string, language: Language): Statement[] {
  const statements: Statement[] = [];
  const segmenter = wordSegmenter(language);
  for (const sentence of sentencesOf(text, language)) {
    const previous = statements.at(-1);
    const { start, end } = sentence;
    // A line of a poem or a list speaks for itself.
    const sameLine = previous !== undefined && !text.slice(previous.end, start).includes('\n');
    if (sameLine && takesBack(sentence.text, language, segmenter)) {
      const whole = text.slice(previous.start, end);
      statements.splice(-1, 1, { ...previous, text: whole, end, takenBack: true });
    } else {
      const isDependent = dependsOnPrevious(sentence.text, language);
      statements.push({ text: sentence.text, start, end, takenBack: false, isDependent });
    }
  }
  return statements;
}

function takesBack(sentence: string, language: Language, segmenter: Intl.Segmenter): boolean {
  const isShort = sentence.length <= SHORT_DENIAL && widthOf(sentence) <= SHORT_DENIAL;
  if (!isShort && !CONTRAST.test(sentence)) return false;
  return qualifiersIn(sentence, language, segmenter).some(({ denies }) => denies);
}
