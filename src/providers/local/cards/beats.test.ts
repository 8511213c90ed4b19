import { describe, expect, it } from 'vitest';
import { constantVoice } from '../../../../test/helpers/media/constant-voice.ts';
import { languageOf } from '../../../language/language.ts';
import { type Beat, beatsOf } from './beats.ts';

const partsOf = ({ text, clauses }: Beat): string[] =>
  clauses.map(({ start }, index) => text.slice(start, clauses[index + 1]?.start).trim());
const beats = (text: string, language = 'en') => beatsOf(constantVoice(text, language), languageOf(language));

describe('A long statement', () => {
  it.each([
    [
      'en',
      'It was laid across the bay on March 3, 1866, under Queen Victoria and without the help of the people there',
    ],
    ['en', 'The last message of that long winter was sent from there at 7:45 p.m. and no other one followed for years'],
    [
      'de',
      'Die Brücke über den breiten Fluss kostet nach Angaben der Stadt nur 12,4 Mrd. € und nicht so viel wie vermutet',
    ],
  ])('in %s is not divided within a date, a time or an amount: %s', (language, text) => {
    const [beat] = beats(`${text}.`, language);
    const parts = beat === undefined ? [] : partsOf(beat);
    expect(parts.length).toBeGreaterThan(1);
    for (const whole of ['March 3, 1866,', '7:45 p.m.', '12,4 Mrd. €'].filter((one) => text.includes(one)))
      expect(parts.some((part) => part.includes(whole))).toBe(true);
    expect(beat?.clauses.some(({ appears }) => appears)).toBe(false);
  });
});

describe('A long date that begins before the middle of a statement', () => {
  // The figures take four times as long as other words.
  const seconds = [0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 3, 3.4, 3.7, 5, 6, 7.6, 8.2, 8.6, 9];
  const dated = (narration: string): string[] => {
    const timings = Array.from(narration.matchAll(/\S+/gu), ({ 0: text, index }, at) => ({
      text,
      textStart: index,
      textEnd: index + text.length,
      startSeconds: seconds[at] ?? 0,
      endSeconds: seconds[at + 1] ?? 0,
    }));
    const durationSeconds = timings.at(-1)?.endSeconds ?? 0;
    const [beat] = beatsOf({ narration, timings, durationSeconds }, languageOf('en'));
    return beat === undefined ? [] : partsOf(beat);
  };
  const before = 'The last message was sent at 7:45 p.m.';

  it('divides it before the date', () => {
    expect(dated(`${before} on Dec. 31, 1962.`)).toEqual([before, 'on Dec. 31, 1962.']);
  });

  it('divides it there also where a few words follow', () => {
    expect(dated(`${before} on Dec. 31, 1962 and then none.`)).toEqual([before, 'on Dec. 31, 1962 and then none.']);
  });
});

it('A long clause in Chinese is divided between words, also where the voice times it as a whole', () => {
  const narration = '毛利率卻從去年同一季的38.1%降到今年第三季的32.4%。';
  const whole = { text: narration, textStart: 0, textEnd: narration.length, startSeconds: 0, endSeconds: 8 };
  const [beat] = beatsOf({ narration, timings: [whole], durationSeconds: 8 }, languageOf('zh-TW'));
  const parts = beat === undefined ? [] : partsOf(beat);
  expect(parts.length).toBe(2);
  expect(parts.join('')).toBe(narration);
  for (const number of ['38.1%', '32.4%']) expect(parts.some((part) => part.includes(number))).toBe(true);
});

it.each([
  ['北京今天的最低气温和明天的最低气温都是-3℃～5℃，请大家注意保暖和防滑。', '-3℃～5℃'],
  ['哈尔滨今天夜间和明天白天的最低气温都是零下18℃左右并且有五级大风', '零下18℃'],
  ['这台小小的白色空气净化器在三个房间里可以连续运行24小时都不用停下来', '24小时'],
])('A number of a Chinese text keeps its sign and what it counts: %s', (narration, figure) => {
  const whole = { text: narration, textStart: 0, textEnd: narration.length, startSeconds: 0 };
  for (const seconds of [6, 7, 8, 9, 10, 12]) {
    const timings = [{ ...whole, endSeconds: seconds }];
    const [beat] = beatsOf({ narration, timings, durationSeconds: seconds }, languageOf('zh-CN'));
    expect(beat === undefined ? [] : partsOf(beat)).toContainEqual(expect.stringContaining(figure));
  }
});

describe('Short statements that share a card', () => {
  it('appear one after the other', () => {
    const [beat] = beats('It rains. It pours.');
    expect(beat?.isJoined).toBe(true);
    expect(beat?.clauses.map(({ start, appears }) => [start, appears])).toEqual([
      [0, false],
      [10, true],
    ]);
  });

  it('are there at once where one takes the other back', () => {
    const [beat] = beats('They said it was safe. It was not.');
    expect(beat?.clauses.filter(({ appears }) => appears)).toEqual([]);
  });
});

it.each([
  [
    'en',
    'The old bridge across the wide bay has carried every train since then. But only a few people on the other side have ever seen it.',
  ],
  [
    'de',
    'Die alte Brücke über den breiten Fluss trägt seit damals jeden einzelnen Zug. Aber nur wenige haben sie jemals aus der Nähe gesehen.',
  ],
  [
    'fr',
    'Le vieux pont au-dessus de la baie porte depuis ce jour tous les trains. Mais peu de gens du village l’ont jamais vu.',
  ],
])('No part of two sentences runs across the end of the first: %s', (language, text) => {
  const parts = beats(text, language).flatMap((beat) => (beat.clauses.length === 0 ? [beat.text] : partsOf(beat)));
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.filter((part) => /[.] \p{Lu}/u.test(part))).toEqual([]);
});

it.each([
  [
    'es',
    '1. Regar a diario. Casi ninguna planta lo necesita. 2. Usar agua fría. Nunca debe estar por debajo de 15 °C.',
  ],
  ['de', '1. Täglich gießen. Kaum eine Pflanze braucht es. 2. Kaltes Wasser. Es sollte nie kälter als 15 °C sein.'],
  ['zh-TW', '1. 每天澆水。幾乎沒有植物需要這樣做。2. 用冷水。水溫絕對不應該低於十五度。'],
])('Every item of a numbered list begins a card of its own: %s', (language, text) => {
  const texts = beats(text, language).map((beat) => beat.text);
  expect(texts.filter((one) => /^[12]\. /u.test(one))).toHaveLength(2);
  expect(texts.filter((one) => /[^\d.]2\. /u.test(one))).toEqual([]);
});

describe('A statement that is spoken for long without a clause', () => {
  it.each([
    [
      'en',
      'The city will close the Harbor Bridge on Jan. 20 |after inspectors found cracks in two of its steel hangers.',
    ],
    ['de', 'Die alte Mühle am Rand des großen Waldes wurde in diesem Herbst |von einer Familie aus der Stadt gekauft.'],
    [
      'pt',
      'A velha ponte de pedra do centro da cidade foi construída |em menos de dez meses pelos moradores da margem.',
    ],
    ['zh-TW', '看海龜時請保持5公尺以上的距離，|絕對不要摸牠。'],
    ['zh-CN', '很多人以为月缺是地球的影子造成的，|其实根本不是这样。'],
    ['it', 'Nel quindicesimo secolo il pittore Guido da Prata |dipinse una pala d’altare senza nessun santo.'],
    ['en', 'The filters in the shops of our old town remove |fewer than 10% of the lead and none of the nitrate.'],
  ])('is divided where a phrase begins in %s: %s', (language, marked) => {
    const [beat] = beats(marked.replace('|', ''), language);
    expect(beat === undefined ? [] : partsOf(beat)).toEqual(marked.split('|').map((part) => part.trim()));
  });
});

describe('A heading that is spoken', () => {
  it.each([
    ['en', 'Helmet', 'Helmet. Wear it always. Clean it daily. Replace it every year.'],
    ['de', 'Helm', 'Helm. Immer tragen. Täglich reinigen. Jedes Jahr ersetzen.'],
    ['zh-TW', '安全帽', '安全帽。進門就要戴。每天都要擦。每年換一頂。'],
  ])('leads to the list below it and is no row of it: %s', (language, heading, text) => {
    const spoken = constantVoice(text, language);
    const [beat, ...others] = beatsOf(spoken, languageOf(language), { heading, canShow: () => true });
    expect(others).toEqual([]);
    expect([beat?.list?.lead, beat?.list?.rows.length, beat?.startSeconds]).toEqual([heading, 3, 0]);
    expect(beat?.text.startsWith(heading)).toBe(true);
  });

  it('is a beat of its own before a sentence', () => {
    const text = 'Climbing helmet. It is compulsory on all paths of the mountain.';
    const found = beatsOf(constantVoice(text, 'en'), languageOf('en'), { heading: 'Climbing helmet' });
    expect(found.map((beat) => beat.text)).toEqual([
      'Climbing helmet.',
      'It is compulsory on all paths of the mountain.',
    ]);
  });
});

describe('A sentence that ends with a denial', () => {
  const appearances = (marked: string, language: string): (readonly [string, boolean])[] => {
    const spoken = constantVoice(marked.replaceAll('|', ''), language, 2.2);
    const [beat] = beatsOf(spoken, languageOf(language));
    const parts = beat === undefined ? [] : partsOf(beat);
    return (beat?.clauses ?? []).map(({ appears }, at): readonly [string, boolean] => [parts[at] ?? '', appears]);
  };

  it.each([
    ['en', 'The lamp of the old tower needs 5 kW. |Tom has never repaired it.'],
    ['de', 'Die Mühle auf der Insel lieferte 5 kW. |Reich wurde sie damit nie.'],
    ['fr', 'Le roi fit creuser un canal de 12 km. |Il n’y eut jamais d’eau.'],
    ['es', 'El faro está a 14 km del puerto viejo. |No hay autobús los domingos.'],
    ['pt', 'Ele cuidou do farol por mais de 41 anos. |Não pretende voltar.'],
    ['it', 'L’opera pesa ben più di 180 kg. |Non è firmata.'],
    ['zh-TW', '上個月收到1,280封釣魚信件。|沒有任何密碼外洩。'],
    ['zh-CN', '滤芯每6个月必须换一次新的。|它没有任何气味。'],
  ])('appears when it is spoken where it takes nothing back, in %s: %s', (language, marked) => {
    expect(appearances(marked, language).at(-1)).toEqual([marked.split('|')[1], true]);
  });

  it.each([
    ['en', 'They all said that the bridge was quite safe. |It was not.'],
    ['fr', 'Le directeur avait prévu de supprimer 300 postes. |Il n’en a rien été.'],
    ['zh-TW', '有人說這座很老的橋非常安全。|其實不然。'],
  ])('is there from the beginning where it takes the one before it back, in %s: %s', (language, marked) => {
    expect(appearances(marked, language).at(-1)).toEqual([marked.split('|')[1], false]);
  });
});

describe('Two short statements', () => {
  const beatTexts = (narration: string): string[] =>
    beatsOf(constantVoice(narration, 'en'), languageOf('en')).map(({ text }) => text.trim());

  it('are shown one after the other where both together would have small letters', () => {
    const [first, second] = ['Smooth bark keeps the trees cool in the summer.', 'Rough bark holds on to rain.'];
    expect(beatTexts(`${first} ${second}`)).toEqual([first, second]);
  });

  it('are shown together where both have large letters, or one is too short to be read alone', () => {
    expect(beatTexts('The bark is smooth. The leaf is rough.')).toHaveLength(1);
    expect(beatTexts('Smooth bark keeps all of the trees cool in the summer. It is so.')).toHaveLength(1);
  });
});
