import type { MotifWord } from './motif-context.ts';

/** How a language likens one thing to another; words in lower case. */
interface Likening {
  /** "like a sponge": before an article or another word that leads to the thing. */
  readonly markers: ReadonlySet<string>;
  /** Also directly before the thing: "louder than trains". */
  readonly degrees: ReadonlySet<string>;
  /** "as if", "comme si". */
  readonly conditions: ReadonlySet<string>;
  /** Between a marker and the thing, beside articles. */
  readonly leads: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
const INDEFINITE = set('a an ein eine einen einem einer eines un une una uno um uma');
const DEFINITE = set('the der die das den dem le la les l el los las o os as il lo i gli');
const LIKENINGS: Readonly<Record<string, Likening>> = {
  en: {
    markers: set('like'),
    degrees: set('than'),
    conditions: set('if though'),
    leads: set('all every another other others any two his her their my our your in on'),
  },
  de: {
    markers: set('wie'),
    degrees: set('als'),
    conditions: set('ob wäre wären hätte hätten würde würden'),
    leads: set('alle allen alles im am beim vom zum andere anderen anderer zwei mein meine sein seine ihr ihre'),
  },
  fr: {
    markers: set('comme'),
    degrees: NONE,
    conditions: set('si s'),
    leads: set('d autre autres deux mon ma mes son sa ses leur leurs au aux dans du'),
  },
  es: {
    markers: set('como cual'),
    degrees: NONE,
    conditions: set('si'),
    leads: set('otro otra otros otras dos mi mis su sus en al'),
  },
  pt: {
    markers: set('como feito'),
    degrees: NONE,
    conditions: set('se'),
    leads: set('outro outra outros outras dois duas meu minha seu sua em no na nos nas num numa'),
  },
  it: {
    markers: set('come'),
    degrees: NONE,
    conditions: set('se'),
    leads: set('altro altra altri altre due mio mia suo sua in nel nella nei nelle l'),
  },
};
/** After "than" or "que", by language: "moins qu’un café", "più alto di una casa". */
const COMPARATIVES: Readonly<
  Record<string, { readonly degrees: ReadonlySet<string>; readonly than: ReadonlySet<string> }>
> = {
  fr: { degrees: set('plus moins aussi autant mieux pire'), than: set('que qu') },
  es: { degrees: set('más menos tan tanto mejor peor mayor menor'), than: set('que como') },
  pt: { degrees: set('mais menos tão tanto melhor pior maior menor'), than: set('que quanto como') },
  it: { degrees: set('più meno meglio peggio maggiore minore'), than: set('che') },
};
/** "They seem knives", "ressemble à une main": before an indefinite article, a preposition or the thing itself. */
const RESEMBLING: Readonly<Record<string, ReadonlySet<string>>> = {
  en: set('resemble resembles resembled resembling seem seems seemed'),
  de: set('gleicht gleichen glich glichen ähnelt ähneln ähnelte'),
  fr: set('ressemble ressemblent ressemblait ressemblaient évoque évoquent dirait semble semblent'),
  es: set('parece parecen parecía parecían asemeja asemejan'),
  pt: set('parece parecem parecia pareciam lembra lembram assemelha'),
  it: set('sembra sembrano sembrava sembravano pare parevano somiglia somigliano assomiglia assomigliano ricorda'),
};
/** After a verb of resembling that is followed by a clause: "parece que …", "it seems to …". */
const NOT_RESEMBLED = set('that to as like que qu che di se me mi te ti le les nous vous');
/** "é como subir uma escada", "is like …", whatever follows. */
const BEING = set(
  'is are was were ist sind war waren est sont était étaient es son era eran é são foi eram è sono erano',
);
/** Before it, "es como" says how: "así es como". */
const SUCH = set('así assim così ecco what this that how');
/** What is not done, or not there, by language: the words that lead to it. */
const REJECTING: Readonly<Record<string, readonly (readonly [string, string?])[]>> = {
  en: [
    ['instead', 'of'],
    ['rather', 'than'],
  ],
  de: [['statt'], ['anstatt'], ['anstelle']],
  fr: [
    ['lieu', 'de'],
    ['lieu', 'd'],
    ['lieu', 'du'],
    ['lieu', 'des'],
    ['plutôt', 'que'],
    ['plutôt', 'qu'],
  ],
  es: [
    ['vez', 'de'],
    ['lugar', 'de'],
    ['vez', 'del'],
  ],
  pt: [
    ['vez', 'de'],
    ['invés', 'de'],
    ['invés', 'do'],
    ['vez', 'do'],
    ['vez', 'da'],
    ['lugar', 'de'],
  ],
  it: [['invece', 'di'], ['invece', 'che'], ['anziché'], ['piuttosto', 'che'], ['posto', 'di']],
};
/** After what something was modelled on: "inspired by a bird’s beak". */
const INSPIRED: Readonly<Record<string, RegExp>> = {
  en: /^(?:inspired|modell?ed)$/u,
  de: /^(?:vorbild|inspiriert)$/u,
  fr: /^inspirée?s?$/u,
  es: /^inspirad[oa]s?$/u,
  pt: /^inspirad[oa]s?$/u,
  it: /^ispirat[oaie]$/u,
};
/** Words between a degree and "than" at most, and from there to the end of the phrase. */
const COMPARATIVE_REACH = 4;
const PHRASE_REACH = 4;
/** Words of what something is likened to: "like a needle in a big haystack"; without an article fewer belong to it. */
const LIKENED_REACH = 7;
const BARE_REACH = 2;
/** Of what is rejected; in German and English the sentence often goes on without a mark. */
const REJECTED_REACH = 5;
/** End it, beside punctuation. */
const ENDS = set(
  'and or but und oder aber et ou mais y pero e mas ed ma because weil while während until till bis até hasta jusqu fino',
);
/** Before "like", which is a verb after them. */
const LIKING = set('i you we they would d ll to also really who people children kids don t didn never always');
/** Before a "like" that likens without an article: "it spread like wildfire"; "animals like foxes" names examples. */
const LIKENING_VERB =
  /^(?:\p{L}{2,20}ed|sold|sells?|spreads?|r[au]ns?|grows?|grew|slept|sleeps?|eats?|ate|fights?|fought|sw[ia]ms?|fl(?:y|ies|ew)|looks?|feels?|felt|smells?|smelt|tastes?|sounds?|acts?|shines?|shone|moves?|goes|went|fit|fits|drives?|drove|sings?|sang)$/u;
/** Before an "as" that likens nothing: "such as foxes", "as soon as the train leaves". */
const UNLIKE = set('such known same well soon long far often');
/** Before "als", which says what something is where it follows no degree: "Sie arbeitet als Pilotin". */
const GERMAN_DEGREE = /^(?:mehr|weniger|anders|\p{Ll}{3,20}er(?:e[nrsm]?)?)$/u;
/** After "more than", where things are counted and likened to nothing. */
const COUNTED =
  /^(?:\p{N}.{0,20}|half|two|three|four|five|six|seven|eight|nine|ten|dozen|hundreds?|thousands?|millions?|third|quarter|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwanzig|hundert|tausend|million(?:en)?|hälfte|drittel|viertel|dutzend)$/u;

/**
 * Before what is likened in Chinese, up to "一樣", which ends it; "像" is no picture, statue, imagination or thing such as the
 * following ones.
 */
const CHINESE_LIKENED =
  /(?:(?<![錄录圖图影偶雕頭头想佛攝摄畫画銅铜石神肖人])像|如同|有如|猶如|犹如|宛如|彷彿|仿佛|好比|[當当](?:成|作|做)|[視视][為为])(?:(?!一[樣样]|般|似的|[那這这][樣样])[^，。！？；、：\n]){0,9}$/u;
/** "比一杯咖啡便宜" */
const CHINESE_MEASURED = /比(?:一?[個个杯隻只條条頭头匹輛辆座棵張张塊块][^，。！？；、：\n]{0,5})?$/u;
/** "與其跟公車搶道，不如…", "不是…而是…" (the first half), "代替汽車". */
const CHINESE_REJECTED = /(?:[與与]其(?:(?!不如)[^。！？；\n]){0,14}|而不是[^，。！？；\n]{0,9}|(?:代替|取代))$/u;
/** "是從鳥的嘴巴得到的靈感" */
const CHINESE_INSPIRED = /^[^，。！？；\n]{0,12}(?:[靈灵]感|[啟启]發|[啟启]发)/u;
const CHINESE_REACH = 18;

/** The places of the words that only say to what something else is likened. */
export function likenedWords(words: readonly MotifWord[], base: string): ReadonlySet<number> {
  const likened = new Set<number>();
  for (const at of words.keys()) {
    const reach = likenedReach(words, at, base);
    for (let next = at + 1; next <= at + reach; next++) {
      const word = words[next];
      if (word === undefined || !isJoined(word) || (next > at + 1 && ENDS.has(word.text))) break;
      likened.add(next);
    }
  }
  return likened;
}

/** How many words after the one at a place may only say to what something is likened. */
function likenedReach(words: readonly MotifWord[], at: number, base: string): number {
  const likening = LIKENINGS[base];
  const [before, word, next] = [words[at - 1], words[at], words[at + 1]];
  if (word === undefined || next === undefined || likening === undefined) return 0;
  const isIndefinite = INDEFINITE.has(next.text);
  const isLed = isIndefinite || DEFINITE.has(next.text) || likening.leads.has(next.text);
  if (isRejecting(words, at, base)) return REJECTED_REACH;
  if (INSPIRED[base]?.test(word.text)) return LIKENED_REACH;
  if (RESEMBLING[base]?.has(word.text)) return reachOfResembling(next, isIndefinite, base);
  const isAs = base === 'en' && word.text === 'as';
  const isMarker = likening.markers.has(word.text);
  const isDegree = likening.degrees.has(word.text);
  if (!isAs && !isMarker && !isDegree) return 0;
  if (likening.conditions.has(next.text)) return LIKENED_REACH;
  if (isAs) return reachOfAs(words, at, isLed);
  if (isDegree) return reachOfDegree(words, at, { base, isLed });
  if (base === 'en' && LIKING.has(before?.text ?? '')) return 0;
  if (BEING.has(before?.text ?? '')) return SUCH.has(words[at - 2]?.text ?? '') ? 0 : LIKENED_REACH;
  // "Wie der Vulkan entstand", "Comme le train avait du retard": how, or because.
  if (isLed) return isIndefinite || word.followsDirectly ? LIKENED_REACH : 0;
  if (base === 'en') return LIKENING_VERB.test(before?.text ?? '') ? BARE_REACH : 0;
  // "Weiß wie Schnee" is likened; "Tiere wie Füchse" names examples.
  return base === 'de' && word.followsDirectly && before?.isCapitalised === false ? BARE_REACH : 0;
}

/** "Instead of the bus", also where only one word leads to it. */
function isRejecting(words: readonly MotifWord[], at: number, base: string): boolean {
  const rejecting = REJECTING[base] ?? [];
  return rejecting.some(([first, second]) =>
    second === undefined
      ? words[at]?.text === first
      : words[at]?.text === second && words[at - 1]?.text === first && words[at]?.followsDirectly === true,
  );
}

function reachOfResembling(next: MotifWord, isIndefinite: boolean, base: string): number {
  if (isIndefinite || ['à', 'a', 'deux', 'dos', 'duas', 'dois', 'due'].includes(next.text)) return LIKENED_REACH;
  if (base === 'de') return BARE_REACH;
  return DEFINITE.has(next.text) || NOT_RESEMBLED.has(next.text) ? 0 : BARE_REACH;
}

/** "As big as a horse", also "white as snow". */
function reachOfAs(words: readonly MotifWord[], at: number, isLed: boolean): number {
  const between = words.slice(Math.max(0, at - COMPARATIVE_REACH), at);
  if (between.length === 0 || UNLIKE.has(between.at(-1)?.text ?? '')) return 0;
  if (between.some(({ text }) => text === 'as')) return LIKENED_REACH;
  return isLed || words[at]?.followsDirectly !== true ? 0 : 1;
}

/** "Louder than a train", "lauter als Züge", but not "more than 200 birds". */
function reachOfDegree(
  words: readonly MotifWord[],
  at: number,
  { base, isLed }: { readonly base: string; readonly isLed: boolean },
): number {
  const before = words.slice(Math.max(0, at - COMPARATIVE_REACH), at);
  if (base === 'de' && !before.some(({ text, isCapitalised }) => !isCapitalised && GERMAN_DEGREE.test(text))) return 0;
  if (words.slice(at + 1, isLed ? at + 3 : at + 2).some(({ text }) => COUNTED.test(text))) return 0;
  return isLed ? LIKENED_REACH : BARE_REACH;
}

/** True for what is only measured by: "moins qu’un café", "menos que uma picada de mosquito". */
export function isMeasuredBy(words: readonly MotifWord[], at: number, base: string): boolean {
  const comparative = COMPARATIVES[base];
  if (comparative === undefined) return false;
  const from = Math.max(0, at - PHRASE_REACH);
  const than = words.slice(from, at).findLastIndex(({ text }) => comparative.than.has(text)) + from;
  const { text: lead = '' } = words[than + 1] ?? {};
  const isPhrase = than >= from && (than === at - 1 || INDEFINITE.has(lead) || DEFINITE.has(lead));
  const isWhole = words.slice(than + 2, at + 1).every(({ followsDirectly }) => followsDirectly);
  const before = words.slice(Math.max(0, than - COMPARATIVE_REACH), Math.max(0, than));
  return isPhrase && isWhole && before.some(({ text }) => comparative.degrees.has(text));
}

/** True for a Chinese noun that something is only likened to: "像熱鍋上的螞蟻", "把它當成洪水猛獸", "比一杯咖啡便宜". */
export function isLikenedInChinese(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - CHINESE_REACH), at);
  if (/[從从][^，。！？；\n]{0,8}$/u.test(before) && CHINESE_INSPIRED.test(text.slice(at, at + CHINESE_REACH)))
    return true;
  return CHINESE_LIKENED.test(before) || CHINESE_MEASURED.test(before) || CHINESE_REJECTED.test(before);
}

/** In one phrase with the word before it, also after an apostrophe. */
function isJoined({ followsDirectly, isElided }: MotifWord): boolean {
  return followsDirectly || isElided;
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
