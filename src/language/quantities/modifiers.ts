/** Words directly before a number that change its meaning and are shown with it, by primary language subtag. */
const MODIFIERS: Readonly<Record<string, RegExp>> = {
  en: /(?:^|\s)((?:more than|less than|fewer than|over|under|about|around|nearly|almost|roughly|approximately|some|up to|at least|at most|only|just|another|an estimated|as many as)) $/iu,
  de: /(?:^|\s)((?:mehr als|weniger als|über|unter|etwa|rund|fast|beinahe|knapp|ungefähr|bis zu|mindestens|höchstens|nur|ca\.|gut)) $/iu,
  fr: /(?:^|\s)((?:plus de|moins de|environ|près de|presque|jusqu[’']à|au moins|au plus|seulement|quelque)) $/iu,
  es: /(?:^|\s)((?:más de|menos de|unos|unas|cerca de|casi|alrededor de|hasta|al menos|como máximo|solo|sólo)) $/iu,
  pt: /(?:^|\s)((?:mais de|menos de|cerca de|quase|aproximadamente|até|pelo menos|no máximo|apenas|só)) $/iu,
  it: /(?:^|\s)((?:più di|meno di|oltre|circa|quasi|fino a|almeno|al massimo|solo|soltanto)) $/iu,
  zh: /(不超過|不超过|不少於|不少于|不低於|不低于|不多於|不高於|不高于|超過|超过|多達|多达|不到|不足|大約|大约|約|约|近|將近|将近|至少|最多|僅|仅|只有) ?$/u,
};
/** In UTF-16 units. */
const LONGEST = 24;

/** The modifier that ends where the number begins; an empty string if there is none. */
export function modifierBefore(text: string, start: number, base: string): string {
  return MODIFIERS[base]?.exec(text.slice(Math.max(0, start - LONGEST), start))?.[1] ?? '';
}
