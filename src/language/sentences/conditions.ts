/** Words that begin a condition at the beginning of a sentence, by the first part of a BCP 47 tag: "Without a fever, …". */
const CONDITIONS: Readonly<Record<string, RegExp>> = {
  en: /^(?:if|when|unless|without|once|until|except|only if|as long as|provided|in case)(?!\p{L})/iu,
  de: /^(?:wenn|falls|sofern|solange|ohne|bis|außer|bei|nur wenn|erst wenn|sobald)(?!\p{L})/iu,
  fr: /^(?:si|s['’]ils?|quand|lorsque|sans|sauf|à moins|à partir|en cas|tant que|dès que|à condition)(?!\p{L})/iu,
  es: /^(?:si|cuando|sin|salvo|excepto|a menos|mientras|siempre que|en caso|solo si|sólo si)(?!\p{L})/iu,
  pt: /^(?:se|quando|sem|salvo|exceto|a menos|enquanto|desde que|em caso|caso|só se)(?!\p{L})/iu,
  it: /^(?:se|quando|senza|salvo|tranne|eccetto|a meno|finché|purché|in caso|solo se)(?!\p{L})/iu,
  zh: /^(?:如果|要是|假如|只要|只有|除非|除了|[没沒]有|[当當]|[万萬]一)/u,
};

/** Words that limit what is said before them, after a comma: "…, unless it rains". */
const EXCEPTIONS: Readonly<Record<string, RegExp>> = {
  en: /^(?:(?:and |but )?only|unless|except|excluding|if|provided|as long as|although|though|until|without|(?:but )?(?:never|not)|at (?:most|least)|no more|less)(?!\p{L})/iu,
  de: /^(?:wenn|falls|sofern|solange|außer|ausgenommen|es sei denn|obwohl|obgleich|höchstens|mindestens|(?:aber |aber nicht |nicht )?nur|(?:aber )?nicht|nie|bis|ohne)(?!\p{L})/iu,
  fr: /^(?:si|s['’]ils?|sauf|excepté|hormis|à moins|à condition|tant que|bien que|quoique|jusqu|au (?:plus|moins)|(?:mais )?(?:seulement|pas|jamais)|sans)(?!\p{L})/iu,
  es: /^(?:si|salvo|excepto|a menos|siempre que|aunque|menos|hasta|como (?:mucho|mínimo)|(?:pero )?(?:solo|sólo|no|nunca)|sin)(?!\p{L})/iu,
  pt: /^(?:se|salvo|exceto|a menos|desde que|embora|menos|até|no (?:máximo|mínimo)|(?:mas )?(?:só|apenas|não|nunca)|sem)(?!\p{L})/iu,
  it: /^(?:se|salvo|tranne|eccetto|a meno|purché|anche se|benché|sebbene|fino|al (?:massimo|minimo)|(?:ma )?(?:solo|non|mai)|senza)(?!\p{L})/iu,
  zh: /^(?:除非|除了|如果|[仅僅][限]?|只[要有限]|但(?:不|[没沒]有)|最[多少]|至[多少]|直到|不[过過]|否[则則])/u,
};

/** UTF-16 units of a text that are read. */
const LONGEST_READ = 24;
const MARKS = /^[\s"“„«「『¿¡(]{0,4}/u;

/** True if a sentence begins with the condition of what follows it: "Without a fever, there is hardly any danger". */
export function beginsWithCondition(sentence: string, base: string): boolean {
  return CONDITIONS[base]?.test(sentence.slice(0, LONGEST_READ).replace(MARKS, '')) ?? false;
}

/** True if a clause limits the one before it, so that this one is misleading alone: "no alert, except in Calabria". */
export function limitsPrevious(clause: string, base: string): boolean {
  return EXCEPTIONS[base]?.test(clause.slice(0, LONGEST_READ).replace(MARKS, '')) ?? false;
}
