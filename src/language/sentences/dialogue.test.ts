import { describe, expect, it } from 'vitest';
import { documentOf } from '../document/document.ts';
import { statementsOf } from '../headlines/statements.ts';
import { languageOf } from '../language.ts';
import { dialogueIn } from './dialogue.ts';
import { sentencesOf } from './sentences.ts';

describe('A line of a dialogue', () => {
  it.each([
    ['– Komm her, sagte er.', 'Komm her', 'sagte er'],
    ['– Komm her!, rief Anna leise.', 'Komm her!', 'Anna'],
    ['– Ich habe Angst – flüsterte der kleine Junge.', 'Ich habe Angst', 'der kleine Junge'],
    ['—Ven aquí —dijo él.', 'Ven aquí', 'dijo él'],
    ['—¿Vienes? —preguntó Ana de la Torre.', '¿Vienes?', 'Ana de la Torre'],
    ['« — Viens ici, dit-il. »', 'Viens ici', 'dit-il'],
    ['— Tu n’es pas un vrai hérisson ! disait le renard.', 'Tu n’es pas un vrai hérisson !', 'le renard'],
    ['— Viens-tu ? demanda-t-elle.', 'Viens-tu ?', 'demanda-t-elle'],
    ['— Vieni qui, — disse il bambino.', 'Vieni qui', 'il bambino'],
    ['— Vem cá — disse ela.', 'Vem cá', 'disse ela'],
  ])('has its words and its speaker: %s', (line, words, speaker) => {
    expect(dialogueIn(line)).toEqual({ words, speaker });
  });

  it.each([
    '– Milch, Butter und Salz.',
    '— Peut-être, répondait Basile, mais je n’ai peur de rien.',
    '—Ven aquí —dijo Ana—. No tengas miedo.',
    'Komm her, sagte er.',
    '— dijo Ana.',
  ])('is none without a speaker at its end: %s', (line) => {
    expect(dialogueIn(line)).toBeNull();
  });

  it.each([
    ['de', '– Komm her! rief Anna. – Ich komme. – Gut.', ['– Komm her! rief Anna.', '– Ich komme.', '– Gut.']],
    ['fr', '— Viens ! dit Anna. — J’arrive.', ['— Viens ! dit Anna.', '— J’arrive.']],
    ['es', '—¿Vienes? —dijo Ana. —No.', ['—¿Vienes? —dijo Ana.', '—No.']],
    ['pt', '— Vem! — disse Ana. — Já vou.', ['— Vem! — disse Ana.', '— Já vou.']],
  ])('is a sentence in %s: %s', (language, text, sentences) => {
    expect(sentencesOf(text, languageOf(language)).map((one) => one.text)).toEqual(sentences);
  });

  it.each([
    ['de', '– Ich habe Angst, sagte Anna. – Hab keine Angst!'],
    ['fr', '— J’ai peur, dit Anna. — N’aie pas peur !'],
    ['es', '—Tengo miedo —dijo Ana. —No tengas miedo.'],
    ['pt', '— Tenho medo — disse Ana. — Não tenha medo.'],
  ])('is not taken back by the next speaker in %s: %s', (language, text) => {
    expect(statementsOf(text, languageOf(language))).toHaveLength(2);
  });

  it.each([
    ['de', '– Komm her, sagte Anna.\n– Nein.', ['– Komm her, sagte Anna.', '– Nein.']],
    ['fr', '— Viens, dit Anna.\n\n— Non.', ['— Viens, dit Anna.', '— Non.']],
    ['it', '— Vieni — disse Anna.\n— No.', ['— Vieni — disse Anna.', '— No.']],
    ['en', '– Milk\n– Butter', ['Milk.', 'Butter.']],
  ])('keeps its dash, which a bullet does not: %s: %j', async (language, text, expected) => {
    expect((await documentOf(text, languageOf(language))).blocks.map((block) => block.text)).toEqual(expected);
  });
});
