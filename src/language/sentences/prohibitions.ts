import type { Language } from '../language.ts';

/** What must not be done, and orders not to do something. What is "not forbidden" is allowed. */
const PROHIBITIONS: Readonly<Record<string, RegExp>> = {
  en: /\b(?:must|should|shall) (?:not|never)\b|\b(?:mustn|shouldn)['’]t\b|(?:^|[,;:—] )(?:please )?(?:do not|don['’]t|never(?! (?:before|again|has|have|had|was|were|is|are|did|does|do)\b)) |\b(?:is|are) (?:strictly )?(?:forbidden|prohibited)\b/iu,
  de: /(?<!\p{L})(?:sollen|sollten?|darf|dürfen)(?!\p{L})[^.!?]{0,60}(?<!\p{L})(?:nicht|nie|niemals|keine?[nmrs]?)(?!\p{L})|(?<!\p{L})(?:ist|sind|bleibt|bleiben)(?!\p{L})[^.!?]{0,60}(?<!nicht )(?<!\p{L})(?:verboten|untersagt)(?!\p{L})/iu,
  fr: /(?<!\p{L})ne (?:doi(?:t|vent|s)|devez|devons|devrai(?:t|ent)|faut) (?:pas|jamais|en aucun cas)(?!\p{L})|^ne \p{L}{1,20}(?:ez|ons) (?:pas|jamais)(?!\p{L})|(?<!\p{L})(?:est|sont|reste|restent) (?:strictement )?interdite?s?(?!\p{L})/iu,
  es: /(?<!\p{L})(?:no|nunca) (?:se )?(?:debe[ns]?|deberías?|deberían|hay que)(?!\p{L})|^nunca \p{L}{1,20}e[ns]?(?!\p{L})|(?<!no )(?<!\p{L})(?:está|están|queda|quedan) prohibid[oa]s?(?!\p{L})/iu,
  pt: /(?<!\p{L})(?:não|nunca) (?:se )?(?:deve[ms]?|deveriam?)(?!\p{L})|^nunca \p{L}{1,20}(?:e|em)(?!\p{L})|(?<!não )(?<!\p{L})(?:é|são|está|estão) proibid[oa]s?(?!\p{L})/iu,
  it: /(?<!\p{L})non (?:si )?(?:dev(?:e|ono|i)|dovrebbe(?:ro)?|bisogna)(?!\p{L})|(?<!non )(?<!\p{L})(?:è|sono|resta) vietat[oaie](?!\p{L})/iu,
  zh: /[請请切]勿|(?<!要)不要(?![緊紧求。！？，]|$)|不得(?![不已了])|(?<![不未沒没])禁止|[嚴严]禁/u,
};

/**
 * True for a sentence that says what must not be done ("Children must not swallow the water.", "切勿…"), which a listener
 * may come to harm without. In English, German, French, Spanish, Portuguese, Italian and Chinese. Takes linear time.
 */
export function prohibits(sentence: string, language: Language): boolean {
  return PROHIBITIONS[language.base]?.test(sentence.trim()) ?? false;
}
