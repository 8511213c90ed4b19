import { MAINLAND, TAIWANESE } from './chinese.cases.ts';
import { ENGLISH } from './english.cases.ts';
import { FRENCH } from './french.cases.ts';
import { GERMAN } from './german.cases.ts';
import { ITALIAN } from './italian.cases.ts';
import type { MeaningCase } from './meaning-case.ts';
import { OTHERS } from './other-languages.cases.ts';
import { PORTUGUESE } from './portuguese.cases.ts';
import { SPANISH } from './spanish.cases.ts';

export interface TextOfLanguage {
  readonly language: string;
  readonly text: string;
  readonly one: MeaningCase;
}

/** The cases of all languages. */
export const ALL_CASES: readonly TextOfLanguage[] = [
  ENGLISH,
  TAIWANESE,
  MAINLAND,
  GERMAN,
  FRENCH,
  SPANISH,
  PORTUGUESE,
  ITALIAN,
  ...OTHERS,
].flatMap(({ language, cases }) => cases.map((one) => ({ language, one, text: one.text })));
