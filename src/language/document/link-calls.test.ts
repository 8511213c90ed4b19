import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { documentOf } from './document.ts';

async function textsOf(text: string, language: string): Promise<string[]> {
  return (await documentOf(text, languageOf(language))).blocks.map((block) => block.text);
}

describe('A link that only says what to click', () => {
  it.each([
    ['en', 'The library is closed on Monday. [Read more »](/faq)', 'The library is closed on Monday.'],
    ['de', 'Montags ist zu. [Mehr erfahren](/faq).', 'Montags ist zu.'],
    ['fr', 'Fermé le lundi. <a href="/faq">En savoir plus</a>', 'Fermé le lundi.'],
    ['es', 'Cerrado los lunes. [Leer más](/faq) Abrimos el martes.', 'Cerrado los lunes. Abrimos el martes.'],
    ['pt', 'Fechado às segundas. [Leia mais…](/faq)', 'Fechado às segundas.'],
    ['it', 'Chiuso il lunedì. [**Scopri di più**](/faq)', 'Chiuso il lunedì.'],
    ['zh-CN', '周一闭馆。[查看详情](/faq)', '周一闭馆。'],
    ['zh-TW', '週一休館。[點此查看](/faq)', '週一休館。'],
  ])('is not read in %s: %s', async (language, text, expected) => {
    expect(await textsOf(text, language)).toEqual([expected]);
  });

  it.each([
    [
      'en',
      '<p>We close on Monday. <a href="/x">Read more</a></p><p><a href="/y">Learn more →</a></p>',
      'We close on Monday.',
    ],
    ['de', '<ul><li>Montags ist zu. <a href="/x">Weiterlesen</a></li></ul>', 'Montags ist zu.'],
    ['zh-CN', '<div>周一闭馆。<a href="/x">查看更多</a></div>', '周一闭馆。'],
  ])('is not read from a page in %s: %s', async (language, text, expected) => {
    expect(await textsOf(text, language)).toEqual([expected]);
  });

  it.each([
    ['en', '[Click here](/map) to see the map.', 'Click here to see the map.'],
    ['en', 'You can read about it [here](/x).', 'You can read about it here.'],
    ['de', 'Den Plan gibt es [hier](/x).', 'Den Plan gibt es hier.'],
    [
      'es',
      'Los [lunes](/x) cerramos. [La biblioteca](/y) abre el martes.',
      'Los lunes cerramos. La biblioteca abre el martes.',
    ],
    ['zh-CN', '请[点击这里](/x)查看地图。', '请点击这里查看地图。'],
  ])('is read where it is part of a sentence in %s: %s', async (language, text, expected) => {
    expect(await textsOf(text, language)).toEqual([expected]);
  });
});
