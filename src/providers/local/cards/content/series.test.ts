import { describe, expect, it } from 'vitest';
import { statementsOf } from '../../../../language/headlines/statements.ts';
import { languageOf } from '../../../../language/language.ts';
import { datedListsIn } from './dated.ts';
import { seriesIn } from './series.ts';

function shown(text: string, tag = 'en'): string[] | null {
  const language = languageOf(tag);
  const [list] = datedListsIn(statementsOf(text, language), '', language);
  const series = list === undefined ? null : seriesIn(list.content.rows, language);
  return series?.map(({ label, amount, share }) => `${label}|${amount}|${share.toFixed(2)}`) ?? null;
}

const SERIES = ['2000|10 percent|0.22', '2010|20 percent|0.44', '2020|45 percent|1.00'];

describe('A series of statements', () => {
  it('is the amounts of one thing, to scale and as they are written', () => {
    expect(shown('In 2000 the share was 10 percent. In 2010 it was 20 percent. In 2020 it was 45 percent.')).toEqual(
      SERIES,
    );
    expect(
      shown('In 2000, the share was 10 percent. In 2010, the share was 20 percent. In 2020, the share was 45 percent.'),
    ).toEqual(SERIES);
    expect(shown('2000年太陽能占10%。2010年太陽能占20%。2020年太陽能占45%。', 'zh-TW')).toEqual([
      '2000|10%|0.22',
      '2010|20%|0.44',
      '2020|45%|1.00',
    ]);
  });

  it.each([
    'In 2000 the share was 10 percent. In 2010 rents rose by 20 percent. In 2020 it was 45 percent.',
    'In 2000 the share was 10 percent. In 2010 it was 20 kilometres. In 2020 it was 45 percent.',
    'In 2000 the share was 10 percent. In 2010 it was not 20 percent. In 2020 it was 45 percent.',
    'In 2000 the share was 10 percent. In 2010 it was 20 percent.',
    'In 2000 the share was 10 percent. In 2010 it was low. In 2020 it was 45 percent.',
  ])('is none where that is not sure: %s', (text) => {
    expect(shown(text)).toBeNull();
  });
});
