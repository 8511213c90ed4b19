/**
 * The names of motifs in one language, in lower case, separated by commas; `none` has idioms, names and other phrases
 * that name nothing to see. The longest name at a place counts. A name of several words is inflected like its first and
 * last word. Marks of a name:
 * - `=fish` is not inflected.
 * - `~kneten` counts also with a small letter in German, whose nouns have a capital.
 * - `^bridge` counts also with a capital, as a part of a proper name ("Harbor Bridge").
 * - `tablet(+take dose)` counts only in a text with a word that begins with one of these; `=dose` is a whole word.
 * - `bee(-spelling)` counts only in a text without such a word, and `mouse(+desk)(-cat)` only where both are so.
 * - `-baum` also ends, and `bienen-` begins, a German compound.
 */
export type MotifNames = Readonly<Record<string, string>>;
