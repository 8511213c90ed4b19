import { describe, expect, it } from 'vitest';
import { byClause, byWord } from '../../../test/helpers/media/spoken-units.ts';
import { atomsOf } from './atoms.ts';
import { cuesFor } from './cues.ts';

describe('The lines of captions', () => {
  it.each([
    ['en', 'The old and very quiet harbour master Mr. Jonathan Smith moved to St. Louis, where he paid EUR 250,000.'],
    ['en', 'The train that carries the whole family leaves the station at 5 p.m. and it arrives on Jan. 5, 2027.'],
    ['en', 'No one in the whole country had read the book by J. K. Rowling before No. 7 of the 24 witnesses did.'],
    [
      'de',
      'Der Umsatz stieg im letzten Jahr nach ersten Angaben auf 12,4 Mrd. € und am 3. Oktober auf z. B. ca. 14 Mio. €.',
    ],
    [
      'fr',
      'La réunion du conseil municipal aura lieu le 3 mai à 16 h 30 et elle coûtera environ 12 000 € à M. Dupont.',
    ],
    ['es', 'El señor de la casa grande, el Sr. García, pagó 1,5 millones de euros por 250 g de oro en EE. UU. ayer.'],
  ])('never tear a name, a number with its unit or an abbreviation: %s: %s', (language, text) => {
    const tokens = [
      ...['Mr. Jonathan', 'St. Louis', 'EUR 250,000', '5 p.m.', 'Jan. 5, 2027', 'J. K. Rowling', 'No. 7'],
      ...['12,4 Mrd. €', '3. Oktober', 'z. B.', 'ca. 14 Mio. €', '3 mai', '16 h 30', '12 000 €', 'M. Dupont'],
      ...['Sr. García', '1,5 millones', '250 g', 'EE. UU.'],
    ].filter((token) => text.includes(token));
    const lines = cuesFor(byWord(text), text, language).flatMap((cue) => cue.lines);
    for (const token of tokens) expect(lines.join('|')).toContain(token);
  });

  it.each([
    [
      'es',
      '3. Mojar las hojas. Con el sol del mediodía pueden quemarse, pero no de noche. 4. Olvidar el drenaje. Sin agujeros, el agua no sale.',
    ],
    ['en', '1. Heat a pan. 2. Stir the flour, the salt and the eggs. 3. Wait for 5 minutes.'],
  ])('show each item of a numbered list in a caption of its own: %s: %s', (language, text) => {
    const cues = cuesFor(byWord(text), text, language);
    const numbers = Array.from(text.matchAll(/(?<=^|\. )\d{1,2}\. /gu), ([number]) => number);
    const begins = cues.map((cue) => cue.lines[0] ?? '');
    for (const number of numbers) expect(begins.some((line) => line.startsWith(number.trim()))).toBe(true);
  });

  it.each([
    ['en', '2½ cups flour. ½ tsp salt. 250 g butter, melted. 3 eggs. 1 qt. buttermilk.'],
    ['en', 'A loaf of old bread. Butter, cut into small cubes. Three brown eggs. Sugar.'],
    ['de', '500 g Mehl. 250 g Butter, zerlassen. 3 Eier. 1 Prise Salz. 200 ml Milch, lauwarm.'],
    ['pt', '½ xícara de óleo. 4 ovos. 1½ xícara de açúcar. 1 colher de fermento, peneirado.'],
    ['fr', '200 g de farine. 100 g de beurre, fondu. 3 œufs. 1 pincée de sel.'],
    ['pt', 'Em caso de incêndio, não use o elevador. Ligue 193. Se ninguém atender, não saia do local.'],
  ])('never tear an item that fits on a line: %s: %s', (language, text) => {
    const lines = cuesFor(byWord(text), text, language).flatMap((cue) => cue.lines);
    expect(lines.filter((line) => !line.endsWith('.'))).toEqual([]);
  });

  it.each([
    ['zh-TW', '夏天到了\n知了在樹上唱歌\n風從山上來\n吹過綠色的稻田', byClause],
    ['en', 'The rain is falling\nNo one is calling\nThe road is long\nAnd I sing my song', byWord],
  ])('never put two lines of a poem on one line: %s', (language, text, voice) => {
    const lines = cuesFor(voice(text), text, language).flatMap((cue) => cue.lines);
    expect(lines).toEqual(text.split('\n'));
  });

  it('do not take the dot of an abbreviation for the end of a sentence', () => {
    const atoms = atomsOf('Fish, birds, etc. live here. Dr. Who said so.', 'en', false);
    const ends = atoms.filter((atom) => atom.ending === 'sentence').map((atom) => atom.text);
    expect(ends).toEqual(['here.', 'so.']);
  });

  it('divide a word that is longer than a line with a hyphen, before a syllable', () => {
    const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
    const text = `Die ${long} schloss.`;
    expect(cuesFor(byWord(text), text, 'de').flatMap((cue) => cue.lines)).toEqual([
      'Die',
      'Donaudampfschifffahrtselektrizitätenhaupt-',
      'betriebswerkbauunterbeamtengesellschaft',
      'schloss.',
    ]);
  });

  it('put no hyphen into an address', () => {
    const text = `See https://example.com/${'a'.repeat(60)} now.`;
    const lines = cuesFor(byWord(text), text, 'en').flatMap((cue) => cue.lines);
    expect(lines.join('')).not.toContain('-');
  });
});
