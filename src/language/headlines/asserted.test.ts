import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { assertedTerms } from './asserted.ts';

describe('What a text speaks of without denying it', () => {
  it.each([
    ['en', 'The vaccine does not cause autism.', ['vaccine']],
    ['en', 'Was the tower dangerous? Hardly ever. Birds lived there.', ['birds', 'lived']],
    ['pt', 'O farol era perigoso?\nResposta: Quase nunca. A luz funciona.', ['resposta', 'luz', 'funciona']],
    ['en', 'Was the tower dangerous? Yes, for birds.', ['tower', 'dangerous', 'birds']],
    ['zh-TW', '除了鹽，什麼調味料都不用。番茄很甜。', ['番茄', '很甜']],
    ['zh-CN', '什么动物都住在森林。', ['动物', '住在', '森林']],
  ])('in %s: %s', (tag, text, expected) => {
    const words = assertedTerms(text, languageOf(tag)).filter(({ content }) => content);
    expect(words.map(({ text: word }) => word.toLowerCase())).toEqual(expected);
  });
});
