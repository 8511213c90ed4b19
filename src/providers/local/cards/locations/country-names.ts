import type { Language } from '../../../../language/language.ts';
import type { GeoPoint } from '../../../../overlays/overlay.ts';
import { CITIES } from './cities.ts';
import { LEFT_OUT, OTHER_COUNTRY_NAMES } from './other-names.ts';

/** A country, or a city with its place in it. */
export interface Location {
  readonly label: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
  readonly point: GeoPoint | null;
}

/** A country or city that a text names as the place of something. */
export interface NamedLocation extends Location {
  /** UTF-16 units of the text. */
  readonly start: number;
}

export interface LocationNames {
  /** By name: in a language with spaces its words with one space between them (`nameKey`). */
  readonly byName: ReadonlyMap<string, Location>;
  /** Of the longest name: words, or characters in a language without spaces. */
  readonly longest: number;
}

/** Countries whose names are those of `Intl.DisplayNames` and OTHER_COUNTRY_NAMES. */
const COUNTRIES = (
  'AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CF CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC ' +
  'EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GL GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA ' +
  'LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA ' +
  'RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TW TZ UA UG US UY UZ VC VE VN VU WS YE ZA ZM ZW'
).split(' ');

/** What "&" in a name means. */
const AND: Readonly<Record<string, string>> = { en: 'and', de: 'und', fr: 'et', es: 'y', pt: 'e', it: 'e' };

/** The names of countries and well-known cities in a language that is spoken; null for another one. */
export function locationNames(language: Language): LocationNames | null {
  const table = tableOf(language);
  const others = OTHER_COUNTRY_NAMES[table];
  if (others === undefined) return null;
  const regionNames = new Intl.DisplayNames(table, { type: 'region' });
  const leftOut = new Set(LEFT_OUT[language.base] ?? []);
  const byName = new Map<string, Location>();
  const add = (name: string, country: string, { point = null, label = name }: Partial<Location> = {}): void => {
    if (!leftOut.has(name)) byName.set(nameKey(name, language), { label, country, point });
  };
  const usualName = (country: string): string =>
    withoutBrackets(regionNames.of(country) ?? country).replace('&', AND[language.base] ?? '&');
  for (const country of COUNTRIES) add(usualName(country), country);
  for (const [country, names] of Object.entries(others))
    for (const name of names)
      if (name.startsWith('~')) add(name.slice(1), country, { label: usualName(country) });
      else add(name, country);
  for (const { names, country, point } of CITIES)
    for (const name of names[table]?.split('/') ?? []) add(name, country, { point });
  const lengths = Array.from(byName.keys(), (key) => (language.spaced ? key.split(' ').length : key.length));
  return { byName, longest: Math.max(...lengths) };
}

/** The words of a name with one space between them; without spaces the name itself. */
export function nameKey(name: string, { spaced }: Language): string {
  return spaced ? Array.from(name.matchAll(/[\p{L}\p{M}]+/gu), ([word]) => word).join(' ') : name;
}

function tableOf({ base, script }: Language): string {
  if (base !== 'zh') return base;
  return script === 'Hant' ? 'zh-TW' : 'zh-CN';
}

/** "Myanmar (Burma)" */
function withoutBrackets(name: string): string {
  return name.split(/ ?[(（]/u)[0] ?? name;
}
