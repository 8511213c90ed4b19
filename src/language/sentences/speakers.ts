import { normalized } from '../../unicode.ts';
import type { Language } from '../language.ts';
import { isStopWord } from '../words/stop-words.ts';

/** Opening quotation marks, with the marks that close them. */
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '„': '“”',
  '«': '»',
  '»': '«',
  '‹': '›',
  '›': '‹',
  '‘': '’',
  '‚': '‘’',
  '「': '」',
  '『': '』',
};
/** Pronouns of those who speak. "I" and "we" are the author, who needs no other sentence. */
const PRONOUNS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: set('he she they'),
  de: set('er sie'),
  fr: set('il elle ils elles'),
  es: set('él ella ellos ellas'),
  pt: set('ele ela eles elas'),
  it: set('lui lei loro egli ella'),
};
/** Verbs of saying that need no subject: "«No fui valiente», dice." */
const VERBS: Readonly<Record<string, ReadonlySet<string>>> = {
  es: set(`dice dijo dicho dicen dijeron explica explicó explicado escribe escribió cuenta contó añade añadió añadido afirma
    afirmó afirmado asegura aseguró recuerda recordó pregunta preguntó responde respondió señala señaló`),
  pt: set(`diz disse dito dizem disseram explica explicou escreve escreveu conta contou acrescenta acrescentou afirma afirmou
    garante garantiu lembra lembrou recorda recordou pergunta perguntou responde respondeu`),
  it: set(`dice disse detto dicono dissero spiega spiegò spiegato scrive scrisse racconta raccontò raccontato aggiunge aggiunse
    aggiunto afferma affermò affermato ricorda ricordò chiede chiese chiesto risponde rispose risposto`),
};
/** "a-t-elle", "hat er", "they have": the pronoun is among the first words after the quotation. */
const FIRST_WORDS = 3;
const CHINESE_PRONOUN = /^[他她]/u;

/**
 * True for a sentence that begins with a quotation and does not say whose words they are: it has no other words, or its
 * speaker is a pronoun ("…," he says.) or only in the form of the verb («…», dice.). In English, German, French, Spanish,
 * Portuguese, Italian and Chinese; in other languages only a quotation without other words. Takes linear time.
 */
export function lacksSpeaker(sentence: string, language: Language): boolean {
  const text = sentence.trim();
  if (CLOSING[text.charAt(0)] === undefined) return false;
  const words = wordsOutside(text, language);
  const [first] = words;
  if (first === undefined) return true;
  if (language.base === 'zh') return CHINESE_PRONOUN.test(first);
  if (words.slice(0, FIRST_WORDS).some((word) => PRONOUNS[language.base]?.has(word))) return true;
  const verbs = VERBS[language.base];
  return (
    words.some((word) => verbs?.has(word)) && words.every((word) => verbs?.has(word) || isStopWord(word, language))
  );
}

/** The words outside quotation marks, in lower case. "dit-il" is two. */
function wordsOutside(text: string, language: Language): string[] {
  let outside = '';
  let awaited: string | undefined;
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (awaited === undefined) {
      awaited = CLOSING[character];
      outside += awaited === undefined ? character : ' ';
    } else if (awaited.includes(character) && !isApostrophe(text, i)) awaited = undefined;
  }
  const folded = normalized(outside, 'NFKC').toLocaleLowerCase(language.tag);
  return folded.split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '');
}

/** True for the mark in "wasn’t", which closes no quotation. */
function isApostrophe(text: string, at: number): boolean {
  return text.charAt(at) === '’' && /^\p{L}/u.test(text.charAt(at + 1));
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
