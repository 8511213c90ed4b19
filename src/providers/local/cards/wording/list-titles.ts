import type { Language } from '../../../../language/language.ts';
import type { WordsOverlay } from '../../../../overlays/overlay.ts';

/** What a title may count that must not be taken for advice: the plural as it is written, and one of them. */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    mistakes: 'Mistake',
    errors: 'Error',
    myths: 'Myth',
    lies: 'Lie',
    traps: 'Trap',
    pitfalls: 'Pitfall',
    excuses: 'Excuse',
    dangers: 'Danger',
  },
  de: {
    fehler: 'Fehler',
    irrtümer: 'Irrtum',
    mythen: 'Mythos',
    lügen: 'Lüge',
    fallen: 'Falle',
    ausreden: 'Ausrede',
    gefahren: 'Gefahr',
  },
  fr: {
    erreurs: 'Erreur',
    fautes: 'Faute',
    mythes: 'Mythe',
    mensonges: 'Mensonge',
    pièges: 'Piège',
    excuses: 'Excuse',
    dangers: 'Danger',
  },
  es: {
    errores: 'Error',
    fallos: 'Fallo',
    mitos: 'Mito',
    mentiras: 'Mentira',
    trampas: 'Trampa',
    excusas: 'Excusa',
    peligros: 'Peligro',
  },
  pt: {
    erros: 'Erro',
    falhas: 'Falha',
    mitos: 'Mito',
    mentiras: 'Mentira',
    armadilhas: 'Armadilha',
    desculpas: 'Desculpa',
    perigos: 'Perigo',
  },
  it: {
    errori: 'Errore',
    sbagli: 'Sbaglio',
    miti: 'Mito',
    bugie: 'Bugia',
    trappole: 'Trappola',
    scuse: 'Scusa',
    pericoli: 'Pericolo',
  },
};
const NUMBERS: Readonly<Record<string, RegExp>> = {
  en: /^(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten)$/u,
  de: /^(?:\d{1,2}|drei|vier|fünf|sechs|sieben|acht|neun|zehn)$/u,
  fr: /^(?:\d{1,2}|trois|quatre|cinq|six|sept|huit|neuf|dix)$/u,
  es: /^(?:\d{1,2}|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)$/u,
  pt: /^(?:\d{1,2}|três|quatro|cinco|seis|sete|oito|nove|dez)$/u,
  it: /^(?:\d{1,2}|tre|quattro|cinque|sei|sette|otto|nove|dieci)$/u,
};
/** "5個錯誤", "三大误区" */
const CHINESE =
  /[\d三四五六七八九十]{1,2}[個个大種种]?(?:常見|常见)?(?:的)?(錯誤|错误|誤區|误区|迷思|謊言|谎言|陷阱|藉口|借口)/u;
/** A number is at most one word before what it counts: "5 common mistakes", not "5 tips against mistakes". */
const FARTHEST = 2;
const ITEM = /^(\d{1,2})\. (?=\S)/u;

/** What one item of a list is called whose title counts mistakes or the like: "Error" for "5 errores al regar"; null for others. */
export function itemNameOf(title: string, language: Language): string | null {
  if (language.base === 'zh') return CHINESE.exec(title)?.[1] ?? null;
  const names = NAMES[language.base];
  const number = NUMBERS[language.base];
  if (names === undefined || number === undefined) return null;
  const words = title.toLowerCase().match(/[\p{L}\p{N}]{1,40}/gu) ?? [];
  const at = words.findIndex((word, i) => {
    const before = words.slice(Math.max(0, i - FARTHEST), i);
    return Object.hasOwn(names, word) && before.some((one) => number.test(one));
  });
  return names[words[at] ?? ''] ?? null;
}

/** Words with the name of their item in place of its number: "Error 1: Regar a diario" for "1. Regar a diario". */
export function withItemName(overlay: WordsOverlay, name: string | null, language: Language): WordsOverlay {
  const { words, clauses } = overlay;
  const item = ITEM.exec(words.headline);
  if (name === null || item === null) return overlay;
  const label = language.spaced
    ? `${name} ${item[1]}${language.base === 'fr' ? '\u00a0' : ''}: `
    : `${name}${item[1]}：`;
  const moved = label.length - item[0].length;
  return {
    ...overlay,
    words: { ...words, headline: `${label}${words.headline.slice(item[0].length)}` },
    clauses: clauses.map((clause) => (clause.start === 0 ? clause : { ...clause, start: clause.start + moved })),
  };
}
