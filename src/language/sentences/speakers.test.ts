import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { lacksSpeaker } from './speakers.ts';

describe('A quotation', () => {
  it.each([
    ['en', '"I was slow."'],
    ['en', '“I was slow.”'],
    ['en', '‘I wasn’t slow.’'],
    ['en', '“I was slow. I said ‘no’ twice.” “And old.”'],
    ['en', '"I was slow.'],
    ['de', '„Ich war langsam.“'],
    ['de', '»Ich war langsam.«'],
    ['de', '«Ich war langsam.»'],
    ['fr', '« J’étais lent. »'],
    ['es', '«Fui lento».'],
    ['es', '“Fui lento”.'],
    ['pt', '“Fui lento.”'],
    ['it', '«Ero lento».'],
    ['zh-CN', '“我很慢。”'],
    ['zh-TW', '「我很慢。」'],
    ['zh-TW', '『我很慢。』'],
  ])('lacks a speaker if it has no other words (%s): %s', (tag, text) => {
    expect(lacksSpeaker(text, languageOf(tag))).toBe(true);
  });

  it.each([
    ['en', '"I was not brave," he says.'],
    ['en', '“I was slow,” said she on Friday.'],
    ['en', '“I was slow,” they have said to reporters.'],
    ['de', '„Ich war nicht mutig“, sagt sie.'],
    ['de', '„Ich war nicht mutig“, hat er gesagt.'],
    ['fr', '« Je n’étais pas brave », dit-il.'],
    ['fr', '« Je n’étais pas brave », a-t-elle déclaré.'],
    ['es', '«No fui valiente», dice.'],
    ['es', '«No fui valiente», dijo él.'],
    ['pt', '“Não fui corajoso”, disse ela.'],
    ['pt', '“Não fui corajoso”, explicou.'],
    ['it', '«Non ero coraggioso», ha detto.'],
    ['it', '«Non ero coraggioso», dice lui.'],
    ['zh-CN', '“我很慢，”她说。'],
    ['zh-TW', '「我很慢，」他們說。'],
  ])('lacks a speaker if that is a pronoun or only a verb (%s): %s', (tag, text) => {
    expect(lacksSpeaker(text, languageOf(tag))).toBe(true);
  });

  it.each([
    ['en', '“It hurts,” says Anna Weber.'],
    ['en', '“It hurts,” the biologist says. “He was slow.”'],
    ['en', '“He was slow,” I said.'],
    ['de', '„Wir zahlen höchstens EUR 250.000“, sagte Bürgermeisterin Jutta v. Thaden.'],
    ['fr', '« Je pars », dit Anna Weber.'],
    ['es', '«Me voy», dijo la ministra.'],
    ['pt', '“Vou-me embora”, disse Ana.'],
    ['it', '«Me ne vado», ha detto la ministra.'],
    ['zh-CN', '“我们走吧，”安娜说。'],
    ['zh-TW', '「我們走吧，」安娜說。'],
  ])('has the speaker that is named (%s): %s', (tag, text) => {
    expect(lacksSpeaker(text, languageOf(tag))).toBe(false);
  });

  it.each([
    ['en', '"Tambora" erupted in 1815.'],
    ['en', 'The old man was slow.'],
    ['en', 'The island is called "Sumbawa".'],
    ['de', '„Titanic“ heißt das Schiff.'],
    ['es', '«Guernica» es famoso.'],
    ['it', '«Aida» piace.'],
    ['zh-TW', '「火山」是一種山。'],
  ])('is not what a sentence without one or with a quoted name is (%s): %s', (tag, text) => {
    expect(lacksSpeaker(text, languageOf(tag))).toBe(false);
  });
});
