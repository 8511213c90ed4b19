import { lazily } from '../../../../lazily.ts';
import { normalized } from '../../../../unicode.ts';
import { hintsOf } from './motif-lexicon.ts';
import { MOTIF_LEXICONS } from './motif-lexicons.ts';
import { FIELD_WORDS } from './motif-names/field-words.ts';
import type { NamingLanguage } from './motif-names/shared-names.ts';
import { isWeak, type Motif } from './motif-signs.ts';
import { motifsNamedIn } from './motifs.ts';

/** What films are about, with the motifs that belong to it; a motif may belong to several. */
const FIELDS: Readonly<Record<string, string>> = {
  food: '🍦 🍒 🍰 🥧 🐟 🐔 🦀 🍵 cooking-pot 🧂 🫖 🥕 🥚 🥭 🍳 🍪 ☕ 🥛 🔪 🥪 🍎 🍞 🍚 fork-knife 🍄 🧋 🧀 🧈 🍝 🍲 🥞 🍕 🥗 🥩 🍫 🍯 🍬 🍊 🍌 🍇 🍓 🥔 🍅 🧅 🥬 🌽 🍷 🍺 🥣 oven 🥄 🍋 🧄 🥒 🌶️ 🥑 🫘 🥜 🫐 🍑 🍉 🦐 🦆 🍐 🫒 🥦 🍧 🍜 🥟 refrigerator 🌾 🌿 💧 🔥 shopping-cart storefront',
  animals:
    '🦴 🐱 🐦 🐝 🐟 🐴 🐍 🐺 🐑 🐶 🐻 🐵 🦁 🪿 🐔 🦢 🦅 🐘 🦀 🦋 🪽 🦭 🐌 🪶 🐷 🐭 🦙 🐪 🐗 🐊 🕷️ 🐜 🐳 🐬 🦈 🦉 🐧 🦆 🐢 🐮 🐐 🦊 🐼 🐰 🐿️ 🦔 🐯 🐸 🦇 🐙 🦖 🪸 🦩 🦌 🦝 🦫 🦦 🦐 🦟 🪱 🐞 🪲 🦗 🦒 🦓 🦘 🦏 🦛 🦜 🐦‍⬛ 🌳 🌊 🌿',
  plants:
    '🌸 🍃 🌳 🌹 🌲 🪴 🌱 🌴 🌷 🌻 🌵 🍄 🍂 🌾 🌿 🪵 🥕 🍎 🍅 🥔 🥬 🍓 🍒 🌽 🍇 🐝 🪱 🐞 🐌 🚜 💧 ☀️ 🌧️ 🪣 🐮 🐔 🐷 🫘 🥒 🍋 🍊 🧅 🧄 🍐 🍑 🫐 🫒',
  weather: '🌧️ 🧊 ⛈️ ❄️ ☀️ ☂️ cloud-fog 💨 🌈 ⛄ 🍂 ⚡ 🥵 hurricane 🌪️ cloud-sun 🌊 thermometer 🧣 🧤 🧥 🌍 🏔️ 🏖️ 🌾',
  space: '⭐ 🌑 🌓 🌕 🌌 🌍 🌙 🪐 🛰️ 🔭 🚀 ☀️ atom',
  earth: '🌋 🏔️ 🌍 🏜️ 🧊 💎 🦖 🕳️ 🌊 🔥 🏞️ ⛰️ 🏝️',
  sea: '🐟 🦀 🚢 🦭 🌊 ⛵ 🏞️ lighthouse 🐳 🐬 🦈 🐢 🐙 🪸 🏝️ ⚓ 🏖️ 🛶 🏄 🤿 🦐 🏊 💧',
  travel:
    '🚆 🚊 🚠 🚌 🚕 🏖️ 🏔️ 🏙️ 🏞️ 🏝️ ✈️ 🚢 🧭 🗺️ ⛺ suitcase map-pin map-trifold 🏰 ⛪ 🛕 🏛️ 🥾 🌇 🏮 road-horizon bridge 🚲 ticket 📷 bed fork-knife 🛵 🌴 🌋',
  traffic: '🚗 🚆 🚊 🚲 🛞 🚌 🚚 🚕 🚇 ⛽ 🚦 🏍️ 🛵 🔋 road-horizon bridge gear wrench flag-checkered gauge siren 🚁 ✈️',
  home: '🔑 🚪 🛋️ 🏠 🪟 bed hammer 🧱 lock-key 🛁 🧺 🪑 🪜 🚰 💡 buildings washing-machine refrigerator oven crane hard-hat 🪛 🪞 🚿 🧼 🪣 🕯️ 🗑️ fan 🖼️ 🔌 wrench 📦 💧 recycle',
  health:
    '🦴 🧪 🫀 🩸 baby 💊 stethoscope 🧠 🏥 hospital 🫁 🦷 💉 🤒 heartbeat virus bed 🪥 👂 🩹 🦵 👓 thermometer dna microscope 🧘 🥗 person-simple-walk 🤧',
  money:
    'receipt coins bank 💳 chart-line trend-up trend-down 👛 storefront shopping-cart percent package handshake buildings factory',
  work: 'receipt handshake file-text users-three briefcase factory buildings trend-up trend-down chart-line lightbulb-filament crane hard-hat megaphone calendar-blank chats package storefront coins percent',
  law: 'receipt handshake file-text scales gavel check-square peace newspaper siren shield-check crown identification-card megaphone users-three sword buildings',
  computers:
    '🖱️ 💻 phone 📱 envelope-simple globe shield-check lock-key robot cpu code database wifi-high plugs-connected 🖨️ 🔋 🔌 game-controller magnifying-glass 📷 📺',
  energy:
    '💡 gear lightning 🔌 ⛽ nuclear-plant windmill solar-panel 🔋 🛢️ factory plugs-connected 🔥 wrench 🪛 washing-machine refrigerator fan robot recycle',
  science:
    '🧪 graduation-cap 🏫 flask microscope atom dna student chalkboard-teacher exam books 📖 ✏️ 🎒 🧠 🔭 virus lightbulb-filament pen-nib',
  arts: '🎵 📖 🎬 🎭 🎸 🎹 🎻 🎨 🥁 🎺 🎪 🎧 microphone pen-nib books 📻 📺 💃 📷 🖼️ newspaper 🏛️',
  history: 'sword crown 🏰 ⛪ 🛕 🏛️ 🪵 🐴 🚢 ⚓ 🌋 🏺 ⛵ gavel peace lighthouse',
  sport:
    '⛸️ 🧗 🏃 👟 ⚾ 🏆 ⚽ 🏀 🎾 🏊 🥾 ⛷️ barbell flag-checkered 🏓 🏐 🏸 🏄 🤿 🧘 💃 ♟️ 🚲 ⛺ 🛶 person-simple-walk 🧭',
  family: '🎁 🎄 💍 🎈 🍰 🕯️ baby users-three 💐 🎵 🧘',
  clothes: '🧵 🧦 👟 ✂️ 👕 🧤 🧣 🧥 🎒 👖 🧺 washing-machine 👓 🐑',
  danger: '🚒 🧯 🔥 🕳️ warning siren ⛈️ 🌪️ hurricane 🌊 🚁 🔦 🌋 ⚡',
};

/** What a text names of the fields. */
export interface FieldTraces {
  readonly motifs: ReadonlySet<Motif>;
  /** As they are in the lists of FIELD_WORDS. */
  readonly words: ReadonlySet<string>;
  /** By which it names these motifs: each of one word. */
  readonly names: ReadonlySet<string>;
}

interface Field {
  readonly motifs: ReadonlySet<Motif>;
  readonly words: readonly string[];
}

/** The fields in a language. */
interface FieldTable {
  readonly fields: readonly Field[];
  /** Of all fields. */
  readonly words: ReadonlySet<string>;
  /** All words of the names of each motif. */
  readonly nameWords: ReadonlyMap<Motif, readonly string[]>;
  /** The names of each motif that are one word. */
  readonly names: ReadonlyMap<Motif, readonly string[]>;
}

/** How many other motifs and words of its field a motif needs near it. */
const NEEDED = 2;
/** Of a subject that is often mentioned in passing. */
const NEEDED_IF_WEAK = 5;
const NEEDED_IN_TITLE = 1;
/** Names with the same beginning are forms of one: "volcán", "volcanes". UTF-16 units. */
const BEGINNING = { latin: 4, zh: 2 } as const;

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

const TABLES: Readonly<Record<NamingLanguage, () => FieldTable>> = {
  en: lazily(() => tableOf('en')),
  zh: lazily(() => tableOf('zh')),
  de: lazily(() => tableOf('de')),
  fr: lazily(() => tableOf('fr')),
  es: lazily(() => tableOf('es')),
  pt: lazily(() => tableOf('pt')),
  it: lazily(() => tableOf('it')),
};

/** True for an animal, or what belongs to one. */
export function isAnimal(motif: Motif): boolean {
  return FIELDS['animals']?.split(' ').includes(motif) === true;
}

/** What a text names of all fields. Takes linear time. */
export function tracesIn(text: string, base: NamingLanguage): FieldTraces {
  const lowered = normalized(text, 'NFC').toLowerCase();
  const written = ` ${Array.from(lowered.matchAll(WORDS), ([word]) => word).join(' ')} `;
  const isWritten = (word: string): boolean => {
    if (base === 'zh') return lowered.includes(word);
    return written.includes(word.startsWith('=') ? ` ${word.slice(1)} ` : ` ${word}`);
  };
  const { words, names } = TABLES[base]();
  const motifs = new Set(motifsNamedIn(text, base));
  return {
    motifs,
    words: new Set([...words].filter(isWritten)),
    names: new Set([...motifs].flatMap((motif) => names.get(motif) ?? []).filter(isWritten)),
  };
}

/**
 * Whether enough of a motif's field is named near it: an envelope has something to do with a film about computers, and
 * nothing with one about nerves. Of the motif's own names, each after the first counts: "lava" beside "magma". In a title,
 * a little is enough.
 */
export function relatedTo(
  near: readonly FieldTraces[],
  base: NamingLanguage,
): (motif: Motif, place: { readonly isInTitle: boolean }) => boolean {
  const { fields, names, nameWords } = TABLES[base]();
  const motifs = new Set(near.flatMap((traces) => [...traces.motifs]));
  const words = new Set(near.flatMap((traces) => [...traces.words]));
  const written = new Set(near.flatMap((traces) => [...traces.names]));
  return (motif, { isInTitle }) => {
    const own = nameWords.get(motif) ?? [];
    const usedNames = (names.get(motif) ?? []).filter((name) => written.has(name));
    const otherNames =
      new Set(usedNames.map((name) => name.slice(0, BEGINNING[base === 'zh' ? 'zh' : 'latin']))).size - 1;
    const isOwn = (word: string): boolean =>
      own.some((name) => (base === 'zh' ? name.includes(word) : name.startsWith(word.replace('=', ''))));
    const counts = fields
      .filter((field) => field.motifs.has(motif))
      .map((field) => {
        const others = [...field.motifs].filter((one) => one !== motif && motifs.has(one));
        return others.length + field.words.filter((word) => words.has(word) && !isOwn(word)).length;
      });
    const needed = isWeak(motif) ? NEEDED_IF_WEAK : NEEDED;
    return Math.max(0, ...counts) + Math.max(0, otherNames) >= (isInTitle ? NEEDED_IN_TITLE : needed);
  };
}

function tableOf(base: NamingLanguage): FieldTable {
  const fields = Object.entries(FIELDS).map(([name, motifs]) => ({
    motifs: new Set(motifs.split(' ')),
    words: hintsOf(FIELD_WORDS[name]?.[base] ?? ''),
  }));
  const nameWords = new Map<Motif, string[]>();
  const names = new Map<Motif, string[]>();
  for (const { motif, words } of [...(MOTIF_LEXICONS[base]?.().byBeginning.values() ?? [])].flat()) {
    if (motif === null) continue;
    nameWords.set(motif, [...(nameWords.get(motif) ?? []), ...words]);
    if (words.length === 1) names.set(motif, [...(names.get(motif) ?? []), ...words]);
  }
  return { fields, words: new Set(fields.flatMap((field) => field.words)), nameWords, names };
}
