/** A time of day. */
export interface ClockTime {
  /** From 0 to 23. */
  readonly hour: number;
  readonly minute: number;
}

/** With the groups `hour`, `minute` and `half` for half an hour. */
const WRITTEN: readonly RegExp[] = [
  /(?<![\d:：])(?<hour>\d{1,2})[:：](?<minute>\d{2})(?![\d:：])/u,
  /(?<![\d.,])(?<hour>\d{1,2})\.(?<minute>\d{2}) Uhr/u,
  /(?<![\d.,])(?<hour>\d{1,2}) Uhr(?: (?<minute>\d{2})(?!\d))?/u,
  /(?<!\d)(?<hour>\d{1,2})\s?h\s?(?<minute>\d{2})(?!\d)/u,
  /(?<!\p{L})(?:à|dès|vers|entre|avant|après|às|as|até|las|alle|dalle|ore) (?<hour>\d{1,2})(?:\s?h(?!\p{L})|(?= y media| e meia| e mezza))(?<half> et demie| y media| e meia| e mezza)?/u,
  /(?<![\d:.])(?<hour>\d{1,2})(?:\.(?<minute>\d{2}))?\s?[ap]\.?\s?m(?!\p{L})/iu,
  /(?<![\d:.])(?<hour>\d{1,2})(?:\s?h)?\s?(?:a|à|às|alle|bis|[-–—~～至到])\s?\d{1,2}(?:\s?h(?!\p{L})| Uhr)/u,
  /(?<!\d)(?<hour>\d{1,2})[點点](?:(?<minute>\d{2})分?|(?<half>半))?/u,
];
/** With the group `word` for the hour; `half` is the half hour after it, `before` the one before it. */
const SPOKEN: Readonly<Record<string, RegExp>> = {
  en: /(?<!\p{L})(?:(?<half>half past )|at )?(?<word>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:(?<=half past \p{L}{3,6})| o['’]clock|(?<=at \p{L}{3,6})(?= in the (?:morning|afternoon|evening)|[,.;!?]|$))/iu,
  de: /(?<!\p{L})(?:um (?<before>halb )?(?<word>eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)|(?<other>ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf) Uhr)(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:à|vers|dès) (?<word>une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|midi)(?:(?<=midi)| heures?(?<half> et demie)?)(?!\p{L})/iu,
  es: /(?<!\p{L})a las? (?<word>una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)(?<half> y media)?(?!\p{L})/iu,
  pt: /(?<!\p{L})(?:à|às) (?<word>uma|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze)(?<half> e meia)?(?!\p{L})/iu,
  it: /(?<!\p{L})all(?:e |['’])(?<word>una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici)(?<half> e mezz[ao])?(?!\p{L})/iu,
  zh: /(?<word>十[一二]?|[二兩两三四五六七八九]|一(?=[點点](?:半|[鐘钟整])))[點点](?<half>半)?/u,
};
const HOURS: Readonly<Record<string, string>> = {
  en: 'one two three four five six seven eight nine ten eleven twelve',
  de: 'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
  fr: 'une deux trois quatre cinq six sept huit neuf dix onze midi',
  es: 'una dos tres cuatro cinco seis siete ocho nueve diez once doce',
  pt: 'uma duas três quatro cinco seis sete oito nove dez onze doze',
  it: 'una due tre quattro cinque sei sette otto nove dieci undici dodici',
  zh: '一 二 三 四 五 六 七 八 九 十 十一 十二',
};

/** The first time of day that a text names in the language of a primary subtag; null if it names none. */
export function timeIn(text: string, base: string): ClockTime | null {
  const spoken = SPOKEN[base];
  const [first] = [...WRITTEN, ...(spoken === undefined ? [] : [spoken])]
    .map((pattern) => pattern.exec(text))
    .filter((found) => found !== null)
    .toSorted((a, b) => a.index - b.index);
  const { hour, minute, half, before, word, other } = first?.groups ?? {};
  const named = hour === undefined ? hourOf(word ?? other, base) : Number(hour);
  const minutes = half === undefined && before === undefined ? Number(minute ?? 0) : 30;
  if (named === null || named > 24 || minutes > 59) return null;
  return { hour: before === undefined ? named % 24 : (named + 11) % 12, minute: minutes };
}

function hourOf(word: string | undefined, base: string): number | null {
  if (word === undefined) return null;
  const known = word.toLowerCase().replace(/[兩两]/u, '二');
  const at = (HOURS[base] ?? '').split(' ').indexOf(known === 'ein' ? 'eins' : known);
  return at < 0 ? null : at + 1;
}

const RING =
  'M128,24a104,104,0,1,1,0,208a104,104,0,1,1,0,-208Z M128,46a82,82,0,1,0,0,164a82,82,0,1,0,0,-164Z ' +
  'M128,116a12,12,0,1,1,0,24a12,12,0,1,1,0,-24Z';

/** SVG path data of a clock that shows a time, in a square of 256. */
export function clockPath({ hour, minute }: ClockTime): string {
  const ticks = [0, 90, 180, 270].map((degrees) => bar(degrees, 62, 72, 5));
  return [RING, ...ticks, bar((hour % 12) * 30 + minute / 2, -8, 40, 9), bar(minute * 6, -8, 58, 7)].join(' ');
}

/** A bar on a hand's line: from and to a distance from the centre, so many units to each side. */
function bar(degrees: number, from: number, to: number, half: number): string {
  const turn = (degrees * Math.PI) / 180;
  const corner = (along: number, side: number): string => {
    const [x, y] = [Math.sin(turn), -Math.cos(turn)];
    return `${(128 + x * along - y * side).toFixed(1)},${(128 + y * along + x * side).toFixed(1)}`;
  };
  return `M${corner(from, -half)}L${corner(to, -half)}L${corner(to, half)}L${corner(from, half)}Z`;
}
