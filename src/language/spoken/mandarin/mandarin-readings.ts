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
 * Makes syllables pronounceable that espeak-ng's Mandarin cannot pronounce.
 */
export function mandarinReadings(spoken: SpokenText): SpokenText {
  // In 這兒, 健兒 and similar words it is spelled in English; 而 has its full reading.
  const plain = rewrite(
    rewrite(spoken, /兒(?=子)/gu, () => '儿'),
    /[兒儿](?!子)/gu,
    () => '而',
  );
  return rewrite(plain, /\p{Script=Han}/gu, ([character]) => iongSyllables.get(character));
}
