import { z } from 'zod';

const strings = z.array(z.string().min(1)).min(1);
const pairs = z.array(z.tuple([z.string().min(1), z.string().min(1)])).min(1);

/** What a user pastes. A script is spoken word for word; an article may be shortened to `seconds`. */
const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('script'), text: z.string() }),
  z.strictObject({ kind: z.literal('article'), text: z.string(), seconds: z.number().optional() }),
  z.strictObject({ kind: z.literal('scenes'), scenes: strings }),
]);

/**
 * A text with what a careful editor expects of its film. The expectations are written by hand, from the text alone:
 * change one only if it is not what a careful editor wants, never because the program does something else.
 */
export const corpusText = z.strictObject({
  language: z.enum(['en', 'zh-TW', 'zh-CN', 'de', 'fr', 'es', 'pt', 'it']),
  source,
  /** The title of the film is one of these, apart from the punctuation at its ends. */
  titles: strings,
  /** Each is a line of a card or the title of a chapter, in one of the spellings that ` | ` separates. */
  headings: strings.optional(),
  /** Sentences and items that the voice says, as they are written here and in this order. */
  narrated: z.array(z.string().min(1)),
  /** Neither said nor shown anywhere: marks of a format, bylines, datelines, footnotes, share lines. */
  leftOut: strings.optional(),
  /** The second of each pair is incomprehensible without the first, so it is said only after it. */
  onlyAfter: pairs.optional(),
  /** Said or shown nowhere, because the text does not say it: one sentence made of two, a mark in the wrong place. */
  never: strings.optional(),
  /** No line of a card and no title of a film or chapter consists of this alone: it turns the meaning round. */
  notAlone: strings.optional(),
  /** No tag consists of this alone. */
  notTags: strings.optional(),
  /** Stays in one line of a caption. */
  unbroken: strings.optional(),
  /** A passage and the words that must be heard in it; ` | ` separates wordings of which one is enough. */
  heard: pairs.optional(),
});

export type CorpusText = z.infer<typeof corpusText>;
