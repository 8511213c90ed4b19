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
    ['de', 'Am 3. Oktober / wird der Möwensee nicht gesperrt, | obwohl im Wasser Blaualgen / gefunden wurden.'],
    ['fr', 'Le fabricant d’ampoules Lumen / a perdu 1,2 M€ en 2025, | contre un gain de 3,4 M€ / l’année précédente.'],
  ])('at a clause or before a conjunction, not between a verb and its object, in %s: %s', (language, marked) => {
    expect(cuesOf(marked, language)).toEqual(marked.split(' | '));
  });

  it.each([
    ['fr', 'Sans fièvre, il n’y a guère de danger, | mais la plupart des nourrissons / doivent être surveillés.'],
    ['it', 'Al Sud nessuna allerta, / tranne che in Calabria, | dove il mare resterà / mosso fino alle 18:30.'],
    ['es', 'En resumen: 250 ml por semana bastan, / a menos que haga más de 30 °C.'],
    ['de', 'Die Gebühr beträgt 2,5 % des Kaufpreises, / höchstens jedoch 1.200,00 €.'],
    ['en', 'Without a fever, / you probably have no infection.'],
    ['pt', 'A praia fica aberta todo o verão, / exceto quando o mar está forte.'],
    ['zh-TW', '分析師不建議現在買進，除非股價低於90元。'],
    ['zh-CN', '今天下单的用户立减¥200，仅限前500名。'],
  ])('not between a statement and its condition, also after a pause, in %s: %s', (language, marked) => {
    expect(cuesOf(marked, language, 0.3)).toEqual(marked.split(' | '));
  });

  it.each([
    ['de', 'Eine Straße / ist bis heute nicht nach ihr benannt.'],
    ['fr', 'Et Basile ne se demanda plus jamais / ce qu’il était.'],
  ])('and its lines do not before a denial, in %s: %s', (language, marked) => {
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

/** The cues of a text whose marks are left out, with " / " between two lines. The voice pauses after each comma. */
function cuesOf(marked: string, language: string, pauseSeconds = 0): string[] {
  const text = marked.replaceAll(/ [|/] /gu, language.startsWith('zh') ? '' : ' ');
  const { timings } = constantVoice(text, language);
  const later = timings.map((unit, at) => {
    const pauses = timings.slice(0, at).filter((before) => /[,，]$/u.test(before.text)).length * pauseSeconds;
    return { ...unit, startSeconds: unit.startSeconds + pauses, endSeconds: unit.endSeconds + pauses };
  });
  return cuesFor(later, text, language).map(({ lines }) => lines.join(' / '));
}
