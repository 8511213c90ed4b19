import { describe, expect, it } from 'vitest';
import { spokenForm } from '../spoken-form.ts';
import { spokenText } from '../spoken-text.ts';
import { digitByDigit, mandarinNumber } from './mandarin-numbers.ts';

const said = (text: string): string => spokenForm(spokenText(text), 'zh-TW').text.replace(/\s+/g, ' ').trim();

describe('A number in Mandarin', () => {
  it.each([
    ['0', '零'],
    ['10', '十'],
    ['12', '十二'],
    ['20', '二十'],
    ['101', '一百零一'],
    ['110', '一百一十'],
    ['1000', '一千'],
    ['1010', '一千零一十'],
    ['10500', '一萬零五百'],
    ['100000', '十萬'],
    ['100010000', '一億零一萬'],
    ['12340567', '一千二百三十四萬零五百六十七'],
    ['3.14', '三點一四'],
    ['007', '零零七'],
    ['1234567890123456', '一千二百三十四兆五千六百七十八億九千零一十二萬三千四百五十六'],
    ['12345678901234567', '一二三四五六七八九零一二三四五六七'],
  ])('%s is %s', (digits, words) => expect(mandarinNumber(digits)).toBe(words));

  it('is read digit by digit if it is a year', () => expect(digitByDigit('2024')).toBe('二零二四'));
});

describe('A Chinese text for the voice', () => {
  it.each([
    ['今天是2024年3月5日', '今天是二零二四年三月五日'],
    ['２０２４－０３－０５', '二零二四年三月五日'],
    ['10:00～12:30', '十點到十二點三十分'],
    ['佔32.5%', '佔百分之三十二點五'],
    ['NT$1,500', '新台幣一千五百元'],
    ['賺$3萬', '賺三萬元'],
    ['20€', '二十歐元'],
    ['零下-5℃', '零下攝氏零下五度'],
    ['3-5個，12個', '三到五個,十二個'],
    ['2個人得第2名', '兩個人得第二名'],
    ['電話02-2345-6789', '電話零二 二三四五 六七八九'],
    ['跑5km', '跑五公里'],
    ['½', '二分之一'],
    ['A&B', 'A和B'],
    ['iPhone 15與B2B', 'iPhone 十五與B2B'],
    ['見https://www.example.com/a?b=c。', '見example 點 com。'],
  ])('says %s as %s', (seen, heard) => expect(said(seen)).toBe(heard));

  it('replaces 雄, 窮 and 兒, which the voice would spell out, by syllables it can pronounce', () => {
    expect(said('英雄窮困的兒童')).toBe('英 xong2 qong2 困的而童');
  });

  it('keeps the position in the original for every spoken character', () => {
    const text = '🎉在2024年，英雄賺NT$1,500。';
    const spoken = spokenForm(spokenText(text), 'zh-TW');
    expect(spoken.origins).toHaveLength(spoken.text.length);
    const originOf = (part: string): string => text.slice(spoken.origins[spoken.text.indexOf(part)]);
    expect(originOf('二零二四')).toMatch(/^2024年/);
    expect(originOf('xong2')).toMatch(/^雄/);
    expect(originOf('一千五百元')).toMatch(/^NT\$1,500/);
    expect(originOf('。')).toBe('。');
  });
});
