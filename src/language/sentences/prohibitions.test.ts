import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { prohibits } from './prohibitions.ts';

describe('A prohibition', () => {
  it.each([
    ['en', 'Small children must not swallow the water.'],
    ['en', 'You mustn’t swim here.'],
    ['en', 'Dogs should never eat it.'],
    ['en', 'Never enter a crater alone.'],
    ['en', 'Please do not touch the seals.'],
    ['en', 'If it hisses, don’t open it.'],
    ['en', 'Swimming is forbidden.'],
    ['de', 'Bis dahin sollen Kleinkinder kein Seewasser schlucken.'],
    ['de', 'Hunde dürfen nicht ins Wasser.'],
    ['de', 'Das darf man nie allein tun.'],
    ['de', 'Das Baden ist verboten.'],
    ['fr', 'Un enfant ne doit pas boire cette eau.'],
    ['fr', 'Il ne faut jamais entrer seul.'],
    ['fr', 'Ne touchez pas les phoques.'],
    ['fr', 'La baignade est interdite.'],
    ['es', 'Los niños no deben beber el agua.'],
    ['es', 'Nunca entre solo.'],
    ['es', 'Está prohibido nadar.'],
    ['pt', 'As crianças não devem beber a água.'],
    ['pt', 'Nunca entre sozinho.'],
    ['pt', 'É proibido nadar.'],
    ['it', 'I bambini non devono bere l’acqua.'],
    ['it', 'Non bisogna entrare da soli.'],
    ['it', 'È vietato nuotare.'],
    ['zh-CN', '请勿触摸。'],
    ['zh-CN', '儿童不得入内。'],
    ['zh-CN', '千万不要喝湖水。'],
    ['zh-TW', '切勿獨自進入。'],
    ['zh-TW', '請勿觸摸。'],
    ['zh-TW', '湖區禁止游泳。'],
  ])('says what must not be done (%s): %s', (tag, text) => {
    expect(prohibits(text, languageOf(tag))).toBe(true);
  });

  it.each([
    ['en', 'Most bees do not sting.'],
    ['en', 'He has never been here.'],
    ['en', 'Never before had it rained so much.'],
    ['en', 'Swimming is not forbidden.'],
    ['de', 'Es gebe keine Hinweise auf eine Gefahr.'],
    ['de', 'Die Kinder sollen am Montag kommen. Es regnet nicht.'],
    ['en', 'The book was forbidden in 1933.'],
    ['de', 'Das Baden ist nicht verboten.'],
    ['de', 'Das Buch war 1933 verboten.'],
    ['fr', 'Il ne pleut pas.'],
    ['fr', 'La baignade n’est pas interdite.'],
    ['es', 'No llueve.'],
    ['es', 'No está prohibido nadar.'],
    ['pt', 'Não chove.'],
    ['pt', 'Não é proibido nadar.'],
    ['it', 'Non piove.'],
    ['it', 'Non è vietato nuotare.'],
    ['zh-CN', '他不得不回家。'],
    ['zh-CN', '这没什么不要紧。'],
    ['zh-CN', '不要。'],
    ['zh-TW', '你要不要喝茶？'],
    ['zh-TW', '這裡不禁止游泳。'],
  ])('is not any other denial (%s): %s', (tag, text) => {
    expect(prohibits(text, languageOf(tag))).toBe(false);
  });
});
