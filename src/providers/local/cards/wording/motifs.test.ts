import { describe, expect, it } from 'vitest';
import { MOTIF_LEXICONS } from './motif-lexicons.ts';
import { isIconName } from './motif-signs.ts';
import { motifFor } from './motifs.ts';

describe('The motif', () => {
  it('is the complete emoji that the author wrote', () => {
    expect(motifFor('Bees at work 👩🏽‍💻 and 🎉', 'en')).toBe('👩🏽‍💻');
  });

  it('is not found by a word inside another', () => {
    expect(motifFor('A beer in the wanton scatter', 'en')).toBe('🍺');
    expect(motifFor('The wanton scatter', 'en')).toBeNull();
  });

  it('is not found by an English word in another language, where it may mean something else', () => {
    expect(motifFor('Diese Art ist selten.', 'de')).toBeNull();
    expect(motifFor('De boten 🐝 varen.', 'nl')).toBe('🐝');
    expect(motifFor('De kat drinkt water.', 'nl')).toBeNull();
  });

  it('is a thing rather than a subject, and the first of several', () => {
    expect(motifFor('The health of bees depends on flowers.', 'en')).toBe('🐝');
    expect(motifFor('The flowers depend on bees.', 'en')).toBe('🌸');
  });

  it('is what the last word of an English compound is', () => {
    expect(motifFor('They serve fish soup.', 'en')).toBe('🍲');
    expect(motifFor('They serve fish, soup and bread.', 'en')).toBe('🐟');
  });

  it('is what a German compound is, else what it has to do with', () => {
    expect(motifFor('Der Apfelbaum blüht.', 'de')).toBe('🌳');
    expect(motifFor('Der Apfelsaft ist kalt.', 'de')).toBe('🍎');
    expect(motifFor('Die Laufbahn ist zu Ende.', 'de')).toBeNull();
  });

  it('is found by every inflection', () => {
    expect(motifFor('In den Wäldern ist es still.', 'de')).toBe('🌳');
    expect(motifFor('Two wolves and three puppies', 'en')).toBe('🐺');
    expect(motifFor('Los leones duermen.', 'es')).toBe('🦁');
    expect(motifFor('Os leões dormem.', 'pt')).toBe('🦁');
    expect(motifFor('I funghi crescono.', 'it')).toBe('🍄');
    expect(motifFor('Les chevaux courent.', 'fr')).toBe('🐴');
  });

  it('is the moon in the phase that the text names, and not the moon or sun that it says is gone', () => {
    expect(motifFor('At full moon the tides are high.', 'en')).toBe('🌕');
    expect(motifFor('At half moon they are low.', 'en')).toBe('🌓');
    expect(motifFor('Bei Neumond ist es dunkel.', 'de')).toBe('🌑');
    expect(motifFor('La pleine lune se lève.', 'fr')).toBe('🌕');
    expect(motifFor('La luna llena sale.', 'es')).toBe('🌕');
    expect(motifFor('La luna piena sorge.', 'it')).toBe('🌕');
    expect(motifFor('A lua cheia nasce.', 'pt')).toBe('🌕');
    expect(motifFor('满月时，潮水很高。', 'zh')).toBe('🌕');
    expect(motifFor('有一天晚上，月亮沒有出來。', 'zh')).toBeNull();
    expect(motifFor('太陽下山以後，沒有人想回家。', 'zh')).toBe('🌇');
    expect(motifFor('The moon is far away.', 'en')).toBe('🌙');
  });

  it('of a little animal in Chinese is that of the longer name', () => {
    expect(motifFor('一隻小貓頭鷹在樹上。', 'zh')).toBe('🦉');
    expect(motifFor('一只小猫头鹰不会飞。', 'zh')).toBe('🦉');
    expect(motifFor('一隻小貓在睡覺。', 'zh')).toBe('🐱');
  });

  it('is not a person with the name of a thing', () => {
    expect(motifFor('Then Mr. Fox spoke.', 'en')).toBeNull();
    expect(motifFor('We met Robin Wolf.', 'en')).toBeNull();
    expect(motifFor('Dann sprach Herr Fuchs.', 'de')).toBeNull();
  });

  it('has no name that another one of the same words hides', () => {
    for (const lexicon of Object.values(MOTIF_LEXICONS))
      for (const names of lexicon().byBeginning.values()) {
        const certain = names.filter(({ needs, excludedBy }) => needs.length + excludedBy.length === 0);
        const shown = certain.filter(({ motif }) => motif !== null).map(({ words }) => words.join(' '));
        expect(shown.filter((name, at) => shown.indexOf(name) !== at)).toEqual([]);
      }
  });

  it('has an emoji or an icon for every name of the tables', () => {
    const names = Object.values(MOTIF_LEXICONS)
      .map((lexicon) => lexicon())
      .flatMap(({ byBeginning, firstParts, lastParts }) => [
        ...[...byBeginning.values()].flat(),
        ...firstParts.values(),
        ...lastParts.values(),
      ]);
    const motifs = names.flatMap(({ motif }) => motif ?? []);
    expect(motifs.filter((motif) => !isIconName(motif) && !/^\p{RGI_Emoji}$/v.test(motif))).toEqual([]);
  });
});
