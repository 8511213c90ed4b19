import { rewrite, type SpokenText } from '../spoken-text.ts';

/**
 * Syllables in -iong, which espeak-ng's Mandarin cannot pronounce: it spells them with English letters. Written without
 * the i they are pronounced correctly, since x, q and j are soft before any vowel. Characters of U+4E00 to U+9FFF,
 * found by speaking each one; with 兒 they are all of that block that it cannot read.
 */
const iong: Readonly<Record<string, string>> = {
  xong1: '兄兇凶匈哅忷恟汹洶胷胸芎訩詾讻賯',
  xong2: '熊雄赨',
  xong4: '夐敻詗诇',
  qong1: '匔',
  qong2: '儝卭宆惸桏棾橩焪焭煢琼瓊睘瞏穷穹窘窮竆笻筇茕藑藭蛩赹跫輁邛銎',
  jong1: '冂冋坰埛扃絅蘏蘔駉駫幜',
  jong3: '侰僒冏囧泂澃炯烱煚煛熲綗皛褧迥逈顈颎',
};
const iongSyllables = new Map(
  Object.entries(iong).flatMap(([syllable, characters]) =>
    Array.from(characters, (one) => [one, ` ${syllable} `] as const),
  ),
);

/**
 * Words whose first or second character espeak-ng reads with its other reading ("hái qián"), found by speaking 550 words
 * with such characters in Traditional and Simplified form; it reads the others right.
 */
const readings: readonly (readonly [characters: RegExp, syllable: string])[] = [
  [/[還还](?=了?[錢钱款債债清書书])|(?<=返)[還还]/gu, 'huan2'],
  [/[長长](?=大(?!衣)|高(?![興兴達达]))|(?<=店)[長长]/gu, 'zhang3'],
  [/便(?=宜(?!行事))/gu, 'pian2'],
  [/(?<=商)行(?=[，。、,\s]|$)/gu, 'hang2'],
  [/重(?=[做寫写整啟启])|(?<=多)重(?![要大點点量])/gu, 'chong2'],
  [/(?<=睡一|午)[覺觉]|(?<=一)[覺觉](?=醒)/gu, 'jiao4'],
  [/降(?=伏)/gu, 'xiang2'],
  [/朝(?=[陽阳])/gu, 'zhao1'],
  [/[參参]差/gu, 'cen1 ci1'],
  [/和(?=稀泥)/gu, 'huo4'],
  [/(?<=^|[\s，。！？；：,.!?;:「“"])得(?=立[即刻]|[马馬]上|[赶趕去先]|[尽儘]快)/gu, 'dei3'],
  [/落(?=四)/gu, 'la4'],
  [/什(?=[錦锦])/gu, 'shi2'],
  [/盛(?=[飯饭湯汤])/gu, 'cheng2'],
  [/似(?=的)/gu, 'shi4'],
  [/角(?=色)/gu, 'jue2'],
];

/** Makes characters pronounceable that espeak-ng's Mandarin cannot pronounce or reads wrongly. */
export function mandarinReadings(spoken: SpokenText): SpokenText {
  // In 這兒, 健兒 and similar words it is spelled in English; 而 has its full reading.
  const plain = rewrite(
    rewrite(spoken, /兒(?=子)/gu, () => '儿'),
    /[兒儿](?!子)/gu,
    () => '而',
  );
  const read = readings.reduce((result, [pattern, syllable]) => rewrite(result, pattern, () => ` ${syllable} `), plain);
  return rewrite(read, /\p{Script=Han}/gu, ([character]) => iongSyllables.get(character));
}
