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

  it('is not a person with the name of a thing', () => {
    expect(motifFor('Then Mr. Fox spoke.', 'en')).toBeNull();
    expect(motifFor('We met Robin Wolf.', 'en')).toBeNull();
    expect(motifFor('Dann sprach Herr Fuchs.', 'de')).toBeNull();
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
