import type { Language } from '../language.ts';
import { contentKeys } from '../words/words.ts';
import { type Qualifier, qualifiersIn } from './qualifiers.ts';
import { isVerdict } from './statements.ts';

/** Keys of what a sentence says of another one: "That is not true.", "No witness confirms it." */
const ABOUT_A_CLAIM: ReadonlySet<string> = new Set(
  `true false right correct wrong case lie myth fact reality anymore longer confirm confirmed proof prove proven evidence witness
  wahr falsch richtig stimmt stimmte fall mehr geschah bestätigt bestätigen bestätigte beweis belegt zeuge zeugen
  vrai faux exact cas été confirme confirment confirmé preuve prouvé témoin
  verdad cierto falso mentira caso confirma confirmó prueba testigo verdade certo confirmou prova testemunha vero bugia conferma confermò testimone
  如此 這樣 这样 真的 事實 事实 其實 其实 不然 證實 证实 證據 证据`.split(/\s+/u),
);
const CLAUSE_END = /[,;:，；：]/u;

/**
 * True if a sentence takes back what is said before it, which must not be seen alone: "It was not.", "Hardly any do; one does.",
 * "In fact it never rained." False where it adds a denial of its own: "The last message was sent in May. Tom did not answer it."
 */
export function contradicts(sentence: string, before: string, language: Language): boolean {
  const qualifiers = qualifiersIn(sentence, language);
  if (!qualifiers.some(({ denies }) => denies)) return false;
  if (isVerdict(sentence)) return true;
  const said = new Set(contentKeys(before, language));
  const end = sentence.search(CLAUSE_END);
  const clause = withoutParts(end < 0 ? sentence : sentence.slice(0, end), qualifiers);
  const keys = contentKeys(clause, language);
  return keys.length === 0 || keys.some((key) => ABOUT_A_CLAIM.has(key) || said.has(key));
}

function withoutParts(text: string, parts: readonly Qualifier[]): string {
  let at = 0;
  const kept = parts.map(({ start, end }) => {
    const part = text.slice(at, start);
    at = end;
    return part;
  });
  return [...kept, text.slice(at)].join(' ');
}
