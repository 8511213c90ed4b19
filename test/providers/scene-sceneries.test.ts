import { describe, expect, it } from 'vitest';
import { designCard } from '../../src/providers/local/cards/card-design.ts';
import { isSerious } from '../../src/providers/local/cards/look/serious-words.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';
import { imageRequest } from '../helpers/media/image-request.ts';

const COUNT = 12;
const SEEDS = ['a', 'b', 'c', 'd'];
/** In each of them viewers recognise something. */
const CONCRETE = ['skyline', 'waves', 'mountains', 'hills', 'leaves', 'horizon', 'stars', 'orbits', 'sunrise'];
/** Their middle is made for a motif. */
const FRAMES = ['pebbles', 'panes', 'cutouts', 'confetti', 'stage', 'leaves', 'orbits', 'blueprint', 'horizon'];
const FESTIVE = ['confetti', 'stage', 'rays', 'tiles', 'scallops'];

/** The sceneries of films whose scenes all have this text, with several seeds, in wide and in tall frames. */
function sceneriesOf(
  title: string,
  narration: string,
  language: string,
  changes: Pick<ImageRequest, 'context' | 'visualStyle'> = {},
): string[] {
  return SEEDS.flatMap((seed) =>
    Array.from({ length: COUNT }, (_, index) => {
      const [width, height] = index % 2 === 0 ? [854, 480] : [480, 854];
      const scene = { title, narration, language, prompt: '', seed, index, count: COUNT, width, height, ...changes };
      return designCard(imageRequest(scene)).scenery.name;
    }),
  );
}

describe('The picture of a serious scene', () => {
  it.each([
    ['en', 'The war began in the spring of that year.'],
    ['en', 'Her disease could not be treated at that time.'],
    ['de', 'Nach dem Weltkrieg waren viele Häuser zerstört.'],
    ['de', 'Das Erdbeben traf die Menschen im Schlaf.'],
    ['fr', 'La guerre dura quatre longues années.'],
    ['fr', 'Le séisme a surpris les habitants.'],
    ['es', 'La guerra duró cuatro largos años.'],
    ['es', 'El terremoto sorprendió a los habitantes.'],
    ['pt', 'A guerra durou quatro longos anos.'],
    ['pt', 'As inundações surpreenderam os moradores.'],
    ['it', 'La guerra durò quattro lunghi anni.'],
    ['it', 'Il terremoto sorprese gli abitanti.'],
    ['zh-TW', '戰爭持續了四年。'],
    ['zh-CN', '地震发生在夜里。'],
  ])('has quiet shapes: %s, %s', (language, narration) => {
    const names = new Set(sceneriesOf('A title', narration, language));
    expect([...CONCRETE, ...FESTIVE].filter((name) => names.has(name))).toEqual([]);
    expect(names.size).toBeGreaterThanOrEqual(4);
  });

  it('has them in the whole film where the title is serious, and never a shrill colour', () => {
    const tones = SEEDS.flatMap((seed) =>
      Array.from({ length: COUNT }, (_, index) => {
        const scene = { title: 'Nach dem Krieg', narration: 'Es war still.', language: 'de', prompt: '', seed, index };
        const { scenery, scheme, palette } = designCard(imageRequest({ ...scene, count: COUNT }));
        expect([...CONCRETE, ...FESTIVE]).not.toContain(scenery.name);
        return scheme === palette.bold;
      }),
    );
    expect(tones).not.toContain(true);
  });

  it.each([
    ['en', 'She was never there, and the others liked it.'],
    ['de', 'Sie war gestern im Kino, und die Kinder aßen Eis.'],
    ['fr', 'Elle a passé la journée dans la forêt.'],
    ['es', 'Las plantas crecen en el jardín de mi tía.'],
    ['pt', 'As crianças comem fruta no jardim.'],
    ['it', 'I bambini mangiano la frutta in giardino.'],
    ['zh-TW', '孩子們在花園裡吃水果。'],
  ])('is not quiet where nothing serious is said: %s, %s', (language, text) => {
    expect(isSerious(text, language.slice(0, 2))).toBe(false);
  });
});

describe('The picture of a scene that speaks of trouble', () => {
  it.each([
    ['en', 'The company lost nine million in one year.'],
    ['en', 'Some of the wells are unsafe.'],
    ['de', 'Die Brücke hat viele Risse und bleibt gesperrt.'],
    ['de', 'Der Verlust war größer als erwartet.'],
    ['fr', 'La fabrique a fait faillite en mars.'],
    ['es', 'La empresa perdió nueve millones.'],
    ['pt', 'A empresa perdeu nove milhões.'],
    ['it', 'La fabbrica ha chiuso, e la perdita è grande.'],
    ['zh-TW', '公司今年的虧損很大。'],
    ['zh-CN', '不要点开钓鱼邮件。'],
  ])('is no celebration, and no sunrise at the end: %s, %s', (language, narration) => {
    const names = new Set(sceneriesOf('X', narration, language, { visualStyle: 'playful' }));
    expect(['confetti', 'sunrise'].filter((name) => names.has(name))).toEqual([]);
  });

  it('has confetti where it speaks of a joy', () => {
    expect(sceneriesOf('X', 'The girl got a dog.', 'en', { visualStyle: 'playful' })).toContain('confetti');
  });
});

describe('The picture of a scene without a motif', () => {
  it.each([
    ['en', 'He did it once more.'],
    ['de', 'Er tat es noch einmal.'],
    ['fr', 'Il recommença sans rien dire.'],
    ['zh-TW', '他想了很久。'],
  ])('has no frame or plate that would be empty: %s', (language, narration) => {
    const names = new Set(sceneriesOf('X', narration, language));
    expect(FRAMES.filter((name) => names.has(name))).toEqual([]);
    const again = new Set(sceneriesOf('X', narration, language, { context: { subject: { motif: '🦔', start: 0 } } }));
    expect(FRAMES.filter((name) => again.has(name)).length).toBeGreaterThan(2);
  });
});

describe('The picture of a scene whose motif comes late', () => {
  it.each([
    ['en', 'He did it once more. Then the owl came.'],
    ['de', 'Er tat es noch einmal. Dann kam die Eule.'],
    ['zh-TW', '他想了很久。後來貓頭鷹來了。'],
  ])('has no frame or plate that would be empty until then: %s', (language, narration) => {
    const later = sceneriesOf('X', narration, language).filter((_, at) => at % COUNT > 0);
    expect(later.filter((name) => FRAMES.includes(name))).toEqual([]);
  });
});

describe('The picture of a scene whose motif leaves before its end', () => {
  it.each([
    ['en', 'The owl came. She took about 120 letters a day.'],
    ['de', 'Die Eule kam. Das dauerte etwa 120 Tage.'],
    ['zh-TW', '貓頭鷹來了。他想了很久。'],
  ])('has no frame or plate that would be empty from then on: %s', (language, narration) => {
    const names = new Set(sceneriesOf('X', narration, language));
    expect(FRAMES.filter((name) => names.has(name))).toEqual([]);
  });
});

describe('The words of a scene', () => {
  it.each([
    ['en', 'He did it once more.', 'The owl came.'],
    ['de', 'Er tat es noch einmal.', 'Die Eule kam.'],
    ['zh-TW', '他想了很久。', '貓頭鷹來了。'],
  ])('take most of a wide picture where there is no motif, and half beside one: %s', (language, alone, beside) => {
    const sharesOf = (narration: string) =>
      SEEDS.map((seed) => {
        const asked = imageRequest({ language, narration, seed, width: 1280, height: 720 });
        return designCard(asked).composition.words.width / asked.width;
      });
    expect(Math.max(...sharesOf(alone))).toBeGreaterThan(0.55);
    expect(Math.max(...sharesOf(beside))).toBeLessThan(0.45);
  });
});

describe('The picture of a scene that names a place', () => {
  it.each([
    ['en', 'Hiking to the summit', 'The path begins behind a barn.'],
    ['en', 'A weekend', 'The mountains are white in June.'],
    ['de', 'Die Berghütte', 'Der Weg beginnt hinter dem Haus.'],
    ['fr', 'Une randonnée', 'Le chemin commence derrière la maison.'],
    ['it', 'Salire al rifugio', 'Si parte dietro la casa.'],
    ['it', 'Il rifugio', 'La camera costa 38 euro a notte.'],
    ['zh-TW', '週末爬山', '路從屋子後面開始。'],
  ])('shows no other place: %s, %s', (language, title, narration) => {
    const names = new Set(sceneriesOf(title, narration, language));
    expect(['skyline', 'waves', 'stars', 'orbits', 'horizon', 'leaves'].filter((name) => names.has(name))).toEqual([]);
    expect(names.has('mountains') || names.has('hills')).toBe(true);
  });

  it.each([
    ['en', 'A simple recipe', 'Heat the pan.'],
    ['de', 'Ein einfaches Rezept', 'Die Pfanne erhitzen.'],
    ['pt', 'Bolo de cenoura', 'Bata tudo.'],
    ['zh-CN', '一份食谱', '先洗手。'],
  ])('shows no place for a recipe: %s, %s', (language, title, narration) => {
    const names = new Set(sceneriesOf(title, narration, language));
    expect(CONCRETE.filter((name) => name !== 'sunrise' && names.has(name))).toEqual([]);
  });

  it('shows any place where none is named', () => {
    const names = new Set(sceneriesOf('A title', 'He had three friends.', 'en'));
    expect(CONCRETE.filter((name) => names.has(name)).length).toBeGreaterThan(6);
  });

  it('differs from those of its neighbours', () => {
    const narrations = ['He had three friends.', 'The war began.', 'The mountains are white.', 'The city sleeps.'];
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const names = Array.from({ length: 40 }, (_, index) => {
        const narration = narrations[(index * 7 + Math.floor(index / 5)) % 4] ?? '';
        return designCard(imageRequest({ seed, index, count: 60, title: 'A title', prompt: '', narration })).scenery
          .name;
      });
      for (const [index, name] of names.entries()) expect(name).not.toBe(names[index + 1]);
    }
  });
});
