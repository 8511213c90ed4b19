import type { Language } from '../language.ts';

/** What a sentence without its full stop is known by. All patterns ignore case. */
interface Grammar {
  /** Beginnings of questions, which are headings: "Why the walls failed". */
  readonly questions: RegExp;
  /** Beginnings that are a subject or a part of a verb. */
  readonly subjects: RegExp;
  /** Finite verbs that are no other words. */
  readonly verbs: RegExp;
}

/** A longer line is a sentence, and a longer question one that goes on. Words. */
const LONGEST_HEADING = 12;
const LONGEST_QUESTION = 7;

const GRAMMARS: Readonly<Record<string, Grammar>> = {
  en: {
    questions: /^(?:why|how|what|when|where|who|which|whose)\s/iu,
    subjects: /^(?:i|he|she|it|they|we|you|there|nobody|no one|everyone|everybody|someone|this|these|those)\s\p{L}/iu,
    // "Things you should know" and "People who were there" are headings.
    verbs:
      /(?<!(?:^|\s)(?:who|that|which|you|we|they)\s)(?<=\s)(?:(?:is|are|was|were|has|have|had|does|did|would|could|isn't|wasn't|didn't|don't|can't|won't|went|came|took|made|gave|said|says|told|found|got|saw|knew|felt|kept|began|ran|wrote|stood|became|lost|won|fell)(?=\s|$)|\p{L}{2,20}ed\s(?:the|a|an|his|her|its|their|our|my)(?=\s))/iu,
  },
  de: {
    questions: /^(?:was|wer|wie|warum|wieso|wo|wann|wozu|woher|wohin|welche[rsnm]?|so)\s/iu,
    subjects: /^(?:ich|er|sie|es|wir|ihr|man|niemand|alle)\s\p{Ll}/iu,
    verbs:
      /(?<=\s)(?:ist|sind|war|waren|hat|haben|hatte|hatten|wird|werden|wurde|wurden|kann|können|konnte|konnten|muss|musste|soll|sollte|will|wollte|kam|kamen|ging|gingen|gab|sagte|machte|fand)(?=\s|$)/iu,
  },
  fr: {
    questions: /^(?:pourquoi|comment|qui|que|quand|où|quel(?:le)?s?|ce (?:que|qui)|qu['’])/iu,
    subjects: /^(?:je|tu|il|elle|on|nous|vous|ils|elles|cela|personne)\s|^(?:c|j)['’]/iu,
    verbs:
      /(?<=\s)(?:est|sont|était|étaient|fut|furent|a|ont|avait|avaient|sera|seront|peut|peuvent|va|vont|doit|fait|dit|vint)(?=\s|$)/iu,
  },
  es: {
    questions: /^¿?(?:qué|cómo|por qué|cuándo|dónde|quién(?:es)?|cuál(?:es)?|lo que)\s/iu,
    subjects: /^(?:él|ella|ellos|ellas|yo|nosotros|usted|nadie|nunca|se|me|nos|les?|no hay|hay)\s/iu,
    verbs:
      /(?<!\s(?:la|una)|^(?:la|una))(?<=\s)(?:es|son|era|eran|fue|fueron|ha|han|había|está|están|estaba|tiene|tienen|tenía|puede|pueden|será|dijo|hizo|volvió)(?=\s|$)/iu,
  },
  pt: {
    questions: /^(?:o que|como|por que|porque|quando|onde|quem|qual|quais)\s/iu,
    subjects: /^(?:ele|ela|eles|elas|eu|nós|você|vocês|ninguém|nunca|há)\s/iu,
    verbs:
      /(?<!\s(?:a|da|uma|na)|^(?:a|uma|na))(?<=\s)(?:é|são|era|eram|foi|foram|tem|têm|tinha|está|estão|estava|pode|podem|será|disse|fez|voltou)(?=\s|$)/iu,
  },
  it: {
    questions: /^(?:perché|come|che cosa|cosa|quando|dove|chi|quale|quali|ciò che)\s/iu,
    subjects: /^(?:lui|lei|loro|io|noi|voi|nessuno|si|ci|non)\s/iu,
    verbs:
      /(?<!\s(?:l['’]|un['’]))(?<=\s)(?:è|sono|era|erano|fu|furono|ha|hanno|aveva|avevano|può|possono|sarà|viene|disse|fece)(?=\s|$)/iu,
  },
};

/**
 * True for a line that is more likely a sentence whose full stop is missing than a heading: it begins with a pronoun or in
 * lower case, has a finite verb, or is long. A line in a language without a list is a heading.
 */
export function isSentenceLike(line: string, language: Language): boolean {
  if (language.base === 'zh') return isChineseSentence(line);
  const grammar = GRAMMARS[language.base];
  const words = line.split(/\s+/u);
  if (grammar === undefined || words.length < 3 || isTitleCase(words)) return false;
  if (words.length > LONGEST_HEADING) return true;
  if (grammar.questions.test(line)) return words.length > LONGEST_QUESTION;
  if (/^\p{Ll}/u.test(line) && words.length > 3) return true;
  return grammar.subjects.test(line) || grammar.verbs.test(line);
}

/** "The Morning After the Storm": all words of four letters and more have capitals, as in English titles. */
function isTitleCase(words: readonly string[]): boolean {
  const long = words.filter((word) => word.length > 3);
  return long.length > 1 && long.every((word) => /^\P{Ll}/u.test(word));
}

function isChineseSentence(line: string): boolean {
  if (/^(?:為什麼|为什么|怎麼|怎么|怎樣|怎样|如何|什麼|什么|誰|谁|何時|何时|哪)/u.test(line)) return false;
  return /^(?:我|你|妳|他|她|它|牠|沒有人|没有人|大家)\S{3}/u.test(line) || /\S{4}[了過过]$/u.test(line);
}
