import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../language/language.ts';
import { subjectOfFilm } from './subject-again.ts';
import { unrelatedMotifs } from './unrelated-motifs.ts';

/** The motifs that each scene names and does not show. */
function hiddenIn(language: string, title: string, narrations: readonly string[]): string[] {
  const scenes = narrations.map((narration) => ({ narration }));
  const film = { title, language, scenes };
  const known = languageOf(language);
  return unrelatedMotifs(film, known, subjectOfFilm(film, known)).map((motifs) => [...motifs].join(' '));
}

describe('A motif to which nothing near it is related', () => {
  it.each([
    // A revenue, and a recipe.
    ['pt', 'Resultados do trimestre', ['A receita subiu dois pontos.'], ['cooking-pot']],
    ['pt', 'Bolo de cenoura', ['Misture a farinha e os ovos.', 'A receita leva açúcar.'], ['', '']],
    // A message of a nerve, and one of a person.
    ['es', 'Los nervios', ['El nervio manda mensajes escritos, como una carta.'], ['envelope-simple']],
    // The recycle bin of a computer, and a laundry basket.
    ['it', 'File persi', ['Hai svuotato il cestino e chiuso la cartella?'], ['🧺']],
    ['de', 'Die Grenze', ['Die Grenzer öffneten den Schlagbaum.', 'Die Leute jubelten.'], ['🌳', '']],
    ['fr', 'Une savante', ['Elle équipe des camionnettes pendant la guerre.'], ['users-three']],
    ['zh-TW', '哄孩子', ['先抱抱他，再問他：你想要那輛汽車嗎？'], ['🚗']],
  ])('is not shown: %s, %s', (language, title, narrations, hidden) => {
    expect(hiddenIn(language, title, narrations)).toEqual(hidden);
  });

  it('is shown where scenes before or after it, or two scenes away, are about its field', () => {
    const about = 'Preheat the oven and add flour to the dough.';
    const [carrot, plain] = ['Then take a carrot.', 'We wait a little.'];
    expect(hiddenIn('en', 'X', [carrot, plain, about])[0]).toBe('');
    expect(hiddenIn('en', 'X', [about, plain, carrot])[2]).toBe('');
    expect(hiddenIn('en', 'X', [carrot, plain, plain, about])[0]).toBe('🥕');
    expect(hiddenIn('en', 'X', [about, plain, plain, carrot])[3]).toBe('🥕');
  });

  it('needs less where the title names it, and more where it is often mentioned in passing', () => {
    expect(hiddenIn('en', 'The carrot', ['A carrot has a taste.'])).toEqual(['']);
    expect(hiddenIn('en', 'Colours', ['A carrot has a taste.'])).toEqual(['🥕']);
    const office = 'The company has a new office.';
    expect(hiddenIn('en', 'X', [`A job. ${office}`])).toEqual(['briefcase']);
    expect(hiddenIn('en', 'X', [`A job. ${office} The salary depends on the project and the client.`])).toEqual(['']);
  });

  it('is shown where another of its own names is near it, and not for the same name or a form of it', () => {
    expect(hiddenIn('es', 'X', ['El volcán dormía.', 'La lava del volcán llegó.', 'El magma subía.'])).toEqual([
      '',
      '',
      '',
    ]);
    expect(hiddenIn('pt', 'X', ['O gol saiu cedo.', 'O goleiro caiu.', 'Era um jogo de futebol.'])).toEqual([
      '',
      '',
      '',
    ]);
    expect(hiddenIn('pt', 'X', ['A receita subiu.', 'As receitas subiram.'])).toEqual(['cooking-pot', 'cooking-pot']);
  });

  it('is shown where it is the animal that the title names, whatever else the tale is about', () => {
    const scenes = ['La tortuga Lola dormía.', 'Lola no es una tortuga.'];
    expect(hiddenIn('es', 'La tortuga', scenes)).toEqual(['', '']);
    expect(hiddenIn('es', 'Lola', scenes.slice(1))).toEqual(['🐢']);
  });

  it('is no reason to hide anything in a language whose motifs have no names', () => {
    expect(hiddenIn('ja', 'X', ['これはペンです。'])).toEqual(['']);
  });
});
