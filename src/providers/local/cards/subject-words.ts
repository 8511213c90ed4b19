import { qualifiersIn } from '../../../language/headlines/qualifiers.ts';
import type { Language } from '../../../language/language.ts';
import type { Motif } from './wording/motif-signs.ts';
import { motifFor } from './wording/motifs.ts';

/** A character as a text introduces it: "un hérisson nommé Basile". */
interface Character {
  readonly motif: Motif;
  /** Empty if the text does not give one. */
  readonly name: string;
}

/** Words between which a name is and the thing that has it. */
const NAMED: Readonly<Record<string, RegExp>> = {
  en: /(?:named|called|name (?:is|was))\s(?<name>\p{Lu}[\p{L}\p{M}]{1,20})/u,
  de: /(?:namens|hei(?:ß|ss)t|hieß|Namen)\s(?<name>\p{Lu}[\p{L}\p{M}]{1,20})/u,
  fr: /(?:nommée?|appelée?|s['’]appel(?:ait|le)|du nom de)\s(?<name>\p{Lu}[\p{L}\p{M}]{1,20})/u,
  es: /(?:llamad[oa]|se llam(?:aba|a)|de nombre)\s(?<name>\p{Lu}[\p{L}\p{M}]{1,20})/u,
  pt: /(?:chamad[oa]|se cham(?:ava|a)|chamava-se|de nome)\s(?<name>\p{Lu}[\p{L}\p{M}]{1,20})/u,
  it: /(?:chiamat[oa]|di nome|si chiam(?:ava|a))\s(?<name>\p{Lu}[\p{L}\p{M}]{1,20})/u,
  zh: /(?:名字?叫做?|名[為为]|取名|叫做|叫)(?<name>\p{Script=Han}{2,4})(?=[，。、；！]|$)/u,
};
/** Before a character that appears for the first time; in Chinese with its measure word. */
const APPEARS: Readonly<Record<string, RegExp>> = {
  en: /(?:[Oo]nce upon a time,?|[Tt]here (?:once )?(?:was|lived)|lived) (?:\S{1,20} )?an? /u,
  de: /(?:[Ee]s war einmal|(?:lebte|wohnte)(?: einst| einmal)?) eine? /u,
  fr: /(?:[Ii]l était une fois,?|(?:vivait|habitait),?) une? /u,
  es: /(?:[ÉéEe]rase una vez|[Hh]abía una vez|vivía) una? /u,
  pt: /(?:[Ee]ra uma vez|[Hh]avia|vivia|morava) uma? /u,
  it: /(?:[Cc]['’]era una volta|viveva|abitava) un(?:a |o | |['’])/u,
  zh: /(?<![沒没])(?:有|住著|住着|來了|来了)一?[隻只條条頭头匹個个位]/u,
};
const END_OF_CLAUSE =
  /[,;:.!?—–，。；：！？]|\s(?:who|that|which|named|called|der|die|das|namens|qui|que|nommée?|appelée?|llamad[oa]|chamad[oa]|che|chiamat[oa])(?!\p{L})/u;
const TITLED =
  /(?<!\p{L})(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sr|Sra|Dra|M|Mme|Mlle|Herr|Frau|Sig|Signor|Signora|Señor|Señora|Senhor|Senhora|Monsieur|Madame)\.? (?<first>\p{Lu}[\p{L}\p{M}]{2,20})(?: (?<last>\p{Lu}[\p{L}\p{M}]{2,20}))?/gu;
/** "It" and "il" are often no thing at all: "It was raining", "Il faut". */
const PRONOUN: Readonly<Record<string, RegExp>> = {
  en: /^(?:then |but |and |so |soon |one day |now )?(?:he|she|they|it(?! (?:takes?|took|rain|snow|seem|turn|happen|depend|(?:is|was|isn['’]t|wasn['’]t) (?:\S{1,20} ){0,3}(?:that|to|who|when|why|how|raining|snowing|late|early|dark|night|winter|summer|spring|autumn|time|true|clear)(?!\p{L}))))(?!\p{L})/iu,
  de: /^(?:dann |aber |und |doch |da )?(?:er|ihn|ihm|sie(?!\s\p{L}{1,30}(?:en|ind|rn|ln)(?!\p{L})))(?!\p{L})/iu,
  fr: /^(?:puis |mais |et |alors |un jour,? |un soir,? )?(?:elles?|ils|il(?! (?:y |faut|fallait|fallut|pleu|pleuvait|neige|est |était |fait |faisait |s['’]agit|semble|suffit|n['’](?:y|est)|ne (?:faut|suffit|pleu))))(?!\p{L})/iu,
  es: /^(?:entonces |pero |y |luego |un día,? )?(?:él|ella|ellos|ellas)(?!\p{L})/iu,
  pt: /^(?:então |mas |e |depois |um dia,? )?(?:eles?|elas?)(?!\p{L})/iu,
  it: /^(?:allora |ma |e |poi |un giorno,? )?(?:lui|egli|ella|esso|essa|loro)(?!\p{L})/iu,
  zh: /^(?:[後后][來来]，?|然[後后]，?|有一天，?|但是?，?|於是，?|于是，?)?[他她它牠](?![人日])/u,
};

/** The character that a sentence introduces by name, or as the first one of a tale; null if it introduces none. */
export function characterIn(text: string, language: Language): Character | null {
  const { base } = language;
  const named = NAMED[base]?.exec(text);
  const appears = APPEARS[base]?.exec(text);
  if (appears) {
    const rest = text.slice(appears.index + appears[0].length);
    const motif = motifFor(nounOf(rest.slice(0, endOfClause(rest)), base), base);
    if (motif !== null) return { motif, name: named?.groups?.['name'] ?? '' };
  }
  if (!named) return null;
  // "A hedgehog, three years old, named Basile" has the noun further away, where it is uncertain.
  const before = text.slice(0, named.index).trimEnd();
  const clause = before.slice(lastComma(before) + 1);
  const motif = qualifiersIn(clause, language).some(({ denies }) => denies)
    ? null
    : motifFor(nounOf(clause, base), base);
  return motif === null ? null : { motif, name: named.groups?.['name'] ?? '' };
}

/** In Chinese the noun is behind what describes it: "不會飛的小貓頭鷹". */
function nounOf(clause: string, base: string): string {
  return base === 'zh' ? clause.slice(clause.lastIndexOf('的') + 1) : clause;
}

function endOfClause(text: string): number {
  return END_OF_CLAUSE.exec(text)?.index ?? text.length;
}

function lastComma(text: string): number {
  return Math.max(text.lastIndexOf(','), text.lastIndexOf('，'), text.lastIndexOf(';'));
}

/** The name directly behind the noun of a motif: "la tortuga Lola", "der Igel Basil". */
export function nameBesideNoun(text: string, motif: Motif, base: string): string[] {
  if (base === 'zh') return [];
  const pairs = text.matchAll(/(?<!\p{L})(?<noun>\p{L}{2,30}) (?=(?<name>\p{Lu}[\p{L}\p{M}]{1,20}))/gu);
  return Array.from(pairs, ({ groups }) =>
    motifFor(groups?.['noun'] ?? '', base) === motif ? (groups?.['name'] ?? '') : '',
  );
}

/** The names that have a title before them: "O Sr. Amadeu Lopes" has two. */
export function titledNames(text: string): string[] {
  return Array.from(text.matchAll(TITLED), ({ groups }) => [groups?.['first'] ?? '', groups?.['last'] ?? '']).flat();
}

/** True if a sentence begins with a pronoun that means a thing, an animal or a person named before. */
export function opensWithPronoun(text: string, { base }: Language): boolean {
  return PRONOUN[base]?.test(text.replace(/^[^\p{L}]{0,5}/u, '')) ?? false;
}
