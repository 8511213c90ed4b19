import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/language/language.ts';
import { motifOf } from '../../../src/providers/local/cards/wording/scene-motif.ts';
import { MOTIF_CASES } from './motif-cases.ts';

const cases = Object.entries(MOTIF_CASES).flatMap(([language, list]) =>
  list.map(([sentence, ...accepted]) => ({ language, sentence, accepted })),
);

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
    ['en', 'It is open from 9:00 to 17:30.', 'clock'],
    ['de', 'Geöffnet von 8 bis 12 Uhr.', 'clock'],
    ['fr', 'Fermé entre 11 h et 18 h.', 'clock'],
    ['es', 'Abierto de 10 a 14 h.', 'clock'],
    ['zh-TW', '上午9:00開始，下午5:30結束。', 'clock'],
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
});
