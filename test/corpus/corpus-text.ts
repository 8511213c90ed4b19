/** The languages with full treatment. */
export type CorpusLanguage = 'en' | 'zh-TW' | 'zh-CN' | 'de' | 'fr' | 'es' | 'pt' | 'it';

/** What a user pastes. A script is spoken word for word; an article may be shortened to `seconds`. */
export type CorpusSource =
  | { readonly kind: 'script'; readonly text: string }
  | { readonly kind: 'article'; readonly text: string; readonly seconds?: number }
  | { readonly kind: 'scenes'; readonly scenes: readonly string[] };

/**
 * A text with what a careful editor expects of its film. The expectations are written by hand, from the text alone:
 * change one only if it is not what a careful editor wants, never because the program does something else.
 */
export interface CorpusText {
  readonly language: CorpusLanguage;
  readonly source: CorpusSource;
  /** The title of the film is one of these. */
  readonly titles: readonly string[];
  /** The author's headings; each is the headline of a card and the title of a chapter. */
  readonly headings?: readonly string[];
  /** Sentences and items that the voice says, as they are written here, in this order. */
  readonly narrated: readonly string[];
  /** Neither said nor shown anywhere: marks of a format, bylines, datelines, footnotes, share lines. */
  readonly leftOut?: readonly string[];
  /** The second of each pair is incomprehensible without the first, so it is said only after it. */
  readonly onlyAfter?: readonly (readonly [first: string, second: string])[];
  /** Said or shown nowhere: statements that contradict the text, such as one sentence made of two. */
  readonly never?: readonly string[];
  /** No line of a card and no title of a chapter or film consists of this alone: it turns the meaning round. */
  readonly notAlone?: readonly string[];
  /** No tag consists of this alone. */
  readonly notTags?: readonly string[];
  /** Stays in one line of a caption. */
  readonly unbroken?: readonly string[];
  /** A passage of the text and the words that must be heard in it; ` | ` parts wordings of which one is enough. */
  readonly heard?: readonly (readonly [passage: string, words: string])[];
}
