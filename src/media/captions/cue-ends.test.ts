import { describe, expect, it } from 'vitest';
import { constantVoice } from '../../../test/helpers/media/constant-voice.ts';
import { cuesFor } from './cues.ts';

describe('A cue ends', () => {
  it.each([
    [
      'es',
      'El primer autobús sale a las 7:45 a. m. / y el último a las 18:30. | El billete cuesta 3,20 €; / los menores de 6 años no pagan.',
    ],
    ['es', 'La delantera Inés Prado / marcó su gol n.º 100 | y fue la 2.ª más votada de la liga.'],
    ['de', 'Am 3. Oktober wird der Möwensee / nicht gesperrt, | obwohl im Wasser Blaualgen / gefunden wurden.'],
    ['fr', 'Le fabricant d’ampoules Lumen / a perdu 1,2 M€ en 2025, | contre un gain de 3,4 M€ / l’année précédente.'],
    ['it', 'tranne che in Calabria, dove il mare / resterà mosso fino alle 18:30.'],
  ])('at a clause or before a conjunction, not between a verb and its object, in %s: %s', (language, marked) => {
    expect(cuesOf(marked, language)).toEqual(marked.split(' | '));
  });

  it.each([
    ['pt', 'Resposta: “Quase nunca. | Em 1983 caiu um raio. | Naquela noite, / ficamos sem rádio até as 5h.”'],
    ['en', 'A: "If I were younger, I might. | I would not sell honey at a loss."'],
    [
      'fr',
      '« Si tu piquais tout le temps, / personne ne t’aimerait. | Si tu ne piquais jamais, / je serais encore dans mon trou. »',
    ],
  ])('at a sentence inside a quotation in %s: %s', (language, marked) => {
    expect(cuesOf(marked, language)).toEqual(marked.split(' | '));
  });
});

/** The cues of a text whose marks are left out, with " / " between two lines. */
function cuesOf(marked: string, language: string): string[] {
  const text = marked.replaceAll(/ [|/] /gu, ' ');
  return cuesFor(constantVoice(text, language).timings, text, language).map(({ lines }) => lines.join(' / '));
}
