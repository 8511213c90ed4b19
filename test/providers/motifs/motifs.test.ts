import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/language/language.ts';
import { motifOf } from '../../../src/providers/local/cards/wording/scene-motif.ts';
import { MOTIF_CASES, type MotifCase } from './motif-cases.ts';
import { THING_CASES } from './thing-cases.ts';

const cases = [MOTIF_CASES, THING_CASES]
  .flatMap(Object.entries<readonly MotifCase[]>)
  .flatMap(([language, list]) => list.map(([sentence, ...accepted]) => ({ language, sentence, accepted })));

describe('The motif of a sentence', () => {
  it.each(cases)('is right or absent: $language, $sentence', ({ language, sentence, accepted }) => {
    expect(accepted).toContain(motifOf(sentence, languageOf(language)));
  });

  it('is not what something is compared to', () => {
    expect(motifOf('Forests hold water like a sponge, and books cost less than a coffee.', languageOf('en'))).toBe(
      '🌳',
    );
    expect(motifOf('It is louder than a train.', languageOf('en'))).toBeNull();
    expect(motifOf('Er ist schneller als ein Zug.', languageOf('de'))).toBeNull();
    expect(motifOf('Nada como un pez.', languageOf('es'))).toBeNull();
    expect(motifOf('她的眼睛像星星。', languageOf('zh-TW'))).toBeNull();
    expect(motifOf('他哭得像一個小嬰兒。', languageOf('zh-TW'))).toBeNull();
    expect(motifOf('A anestesia doeu menos que uma picada de mosquito.', languageOf('pt'))).toBeNull();
    expect(motifOf('Il est plus bruyant qu’un train.', languageOf('fr'))).toBeNull();
    expect(motifOf('Es más alto que la torre del tren.', languageOf('es'))).toBeNull();
    expect(motifOf('Pesa più che un elefante.', languageOf('it'))).toBeNull();
  });

  it('is what an amount is of, also if it is denied', () => {
    const english = languageOf('en');
    expect(motifOf('It is never below 5 °C.', english)).toBe('thermometer');
    expect(motifOf('You never pay more than $5.', english)).toBe('coins');
    expect(motifOf('She was born on 3 May 1887.', english)).toBe('calendar-blank');
    expect(motifOf('Only 5 may enter.', languageOf('fr'))).toBeNull();
  });

  it.each([
    ['it', 'Fino a 20 mm in 1 h.', null],
    ['it', 'Si resta lì fino alle 18:30.', null],
    ['pt', 'Naquela noite, ficamos sem luz até as 5h.', null],
    ['fr', 'Ne restez jamais plus de 2 h dehors.', null],
    ['en', 'It measures 20 drops per minute.', null],
    ['de', 'Es sind 20 Tropfen pro Stunde.', null],
    ['de', 'In einer Stunde fallen 20 Millimeter.', null],
    ['zh-TW', '一小時的量可以超過100毫米。', null],
    ['es', 'Son 20 gotas por minuto.', null],
    ['zh-TW', '每分鐘有20滴。', null],
    ['zh-CN', '每小时有20滴。', null],
    ['en', 'It is open from 9:00 to 17:30.', 'clock 9:00'],
    ['de', 'Geöffnet von 8 bis 12 Uhr.', 'clock 8:00'],
    ['fr', 'Fermé entre 11 h et 18 h.', 'clock 11:00'],
    ['es', 'Abierto de 10 a 14 h.', 'clock 10:00'],
    ['zh-TW', '上午9:00開始，下午5:30結束。', 'clock 9:00'],
  ])(
    'is a clock for opening hours, and not for a rate, a duration or one time in passing: %s, %s',
    (tag, text, motif) => {
      expect(motifOf(text, languageOf(tag))).toBe(motif);
    },
  );

  it('is the moon in the phase that the text names', () => {
    expect(motifOf('我們能看見半個月亮。', languageOf('zh-TW'))).toBe('🌓');
    expect(motifOf('我们能看见半个月亮。', languageOf('zh-CN'))).toBe('🌓');
    expect(motifOf('过了大约7天，我们能看见一半。', languageOf('zh-CN'))).toBeNull();
    expect(motifOf('A half moon stands over the hill.', languageOf('en'))).toBe('🌓');
    expect(motifOf('Ein Halbmond steht über dem Hügel.', languageOf('de'))).toBe('🌓');
  });

  it.each([
    ['en', 'The stock market fell by 3 % on Friday.', 'trend-down'],
    ['en', 'The economy grew, and prices fell.', 'chart-line'],
    ['en', 'The boy lost five dollars.', 'coins'],
    ['de', 'Die Aktie verlor drei Prozent.', 'trend-down'],
    ['de', 'Die Aktie stieg um drei Prozent.', 'chart-line'],
    ['fr', 'Le fabricant a perdu 1,2 M€ en 2025.', 'trend-down'],
    ['fr', 'Le prix n’a pas baissé.', 'coins'],
    ['es', 'La bolsa de valores cayó un 2 %.', 'trend-down'],
    ['it', 'Il prezzo scende del 5 %.', 'trend-down'],
    ['pt', 'O índice caiu 0,3% em junho.', 'trend-down'],
    ['pt', 'As ações recuaram de R$ 8,10 para R$ 2,40; a empresa nega.', 'trend-down'],
    ['pt', 'O número de vagas na empresa caiu.', 'briefcase'],
    ['zh-TW', '台股上週五下跌1.8%。', 'trend-down'],
    ['zh-CN', '股价下跌了。', 'trend-down'],
  ])('is a falling line for an amount that only falls: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });

  it.each([
    ['en', 'The alarm clock rings at half past seven.', '7:30'],
    ['en', 'The clock stopped at 3:15 p.m.', '3:15'],
    ['de', 'Der Wecker klingelt um halb acht.', '7:30'],
    ['de', 'Die Uhr blieb um 7.45 Uhr stehen.', '7:45'],
    ['fr', 'Le réveil sonne à sept heures et demie.', '7:30'],
    ['es', 'El reloj suena a las tres y media.', '3:30'],
    ['it', 'L’orologio segna le 18:30.', '18:30'],
    ['pt', 'O relógio toca às sete.', '7:00'],
    ['zh-TW', '鬧鐘在七點半響。', '7:30'],
    ['zh-CN', '闹钟在7点15分响。', '7:15'],
  ])('is a clock that shows the time that the text names: %s, %s', (language, text, time) => {
    expect(motifOf(text, languageOf(language))).toBe(`clock ${time}`);
  });

  it.each([
    ['en', 'She ran the 100 m in 10.9 s.', 'flag-checkered'],
    ['de', 'Er lief die 100 m in 10,9 s.', 'flag-checkered'],
    ['fr', 'Elle court le 100 m.', 'flag-checkered'],
    ['zh-TW', '她跑完100 m只花了11秒。', 'flag-checkered'],
    ['en', 'It moves at 2 m/s.', 'gauge'],
    ['de', 'Der Schrank ist 2 m hoch.', 'ruler'],
    ['en', 'The shelf is 45 cm long.', 'ruler'],
    ['es', 'Está a 14 km de allí y a 310 m sobre el nivel.', null],
    ['en', 'It covers 700 km².', null],
    ['zh-TW', '它適合30 m²。', null],
    ['es', 'Nunca suba con viento de más de 70 km/h.', '💨'],
    ['en', "It isn't a record, because the wind was above 2 m/s.", '💨'],
  ])('is a ruler for the length of a thing, and a gauge for its speed, only: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });

  it.each([
    ['zh-TW', '一、釣魚信件', '上個月收到1,280封，比二月少30%。', 'envelope-simple'],
    ['en', 'Phishing mail', 'In May it was 30 % less.', 'envelope-simple'],
    ['de', 'Unsere Bienen', 'Im Mai waren es 30 % weniger.', '🐝'],
    ['fr', 'Conditions', 'En mai, c’était 30 % de moins.', 'percent'],
    ['en', 'Seeds & Plants', 'The shed opens at 8:30 a.m. on weekdays.', 'clock 8:30'],
    ['es', 'Nuestras abejas', 'Tel.: 985 010 203.', 'phone'],
  ])(
    'is that of the heading rather than of an amount below it, unless that is a time or an address: %s, %s',
    (language, heading, text, motif) => {
      expect(motifOf(text, languageOf(language), { heading })).toBe(motif);
    },
  );

  it('is no pot for a sauce, and a bridge for every bridge', () => {
    expect(motifOf('醬油15ml。', languageOf('zh-TW'))).toBeNull();
    expect(motifOf('The old bridge is closed.', languageOf('en'))).toBe('bridge');
    expect(motifOf('Die Brücke wird gesperrt.', languageOf('de'))).toBe('bridge');
    expect(motifOf('橋樑將封閉九週。', languageOf('zh-TW'))).toBe('bridge');
  });
});
