import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/language/language.ts';
import { motifOf } from '../../../src/providers/local/cards/wording/scene-motif.ts';

describe('The motif of a sentence that denies something', () => {
  it.each([
    ['en', 'Adults may take up to 4 tablets a day, never more than 2 at once.', '💊'],
    ['en', 'If a bee stings you, stay calm.', '🐝'],
    ['de', 'Wenn der Fuchs kommt, laufen sie weg.', '🦊'],
    ['fr', 'Peut-être que le renard a faim.', '🦊'],
    ['es', 'Si el perro ladra, espere fuera.', '🐶'],
    ['pt', 'Talvez a tartaruga volte amanhã.', '🐢'],
    ['it', 'Se piove, il ponte viene chiuso.', 'bridge'],
    ['zh-TW', '如果狐狸來了，大家就躲起來。', '🦊'],
    ['zh-CN', '狗可能会叫。', '🐶'],
  ])('is a thing in a condition or a possibility: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });

  it.each([
    ['en', 'Dogs stay free, but not in the rooms.', '🐶'],
    ['de', 'Zwiebeln dünsten, aber nicht bräunen.', '🧅'],
    ['fr', 'Le bonnet est obligatoire, même sans cheveux.', '🏊'],
    ['es', 'Las tortugas nadan bien, pero no de noche.', '🐢'],
    ['pt', 'O cachorro fica lá fora, mas não à noite.', '🐶'],
    ['it', 'Cani: gratis, ma non in camera.', '🐶'],
    ['zh-TW', '番茄切塊，不要去皮。', '🍅'],
    ['zh-CN', '自行车停在楼下，不要上锁。', '🚲'],
  ])('is a thing of which a short clause at the end denies something: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });

  it.each([
    ['en', 'We saw nothing; the fox was gone.', '🦊'],
    ['en', 'Without a fence, the fox walks in.', '🦊'],
    ['de', 'Niemand schlief, denn der Fuchs kam.', '🦊'],
    ['fr', 'Sans clôture, le renard entre.', '🦊'],
    ['es', 'No llueve, pero el zorro tiene frío.', '🦊'],
    ['pt', 'Sem cobertura, o bolo dura cinco dias.', '🍰'],
    ['it', 'Nessuna allerta, tranne dove il mare resta mosso.', '🌊'],
    ['zh-TW', '沒有人看到，狐狸走了。', '🦊'],
    ['zh-CN', '没有人看到，狐狸走了。', '🦊'],
  ])('is a thing of another clause than the denied one: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });

  it.each([
    ['en', 'There is no dog in the yard, cat or bird.'],
    ['en', 'They brought no bread and no cheese.'],
    ['en', 'A wolf lives here. That is what a rumour said.'],
    ['en', 'A wolf came. It did not.'],
    ['de', 'Es gibt keine Hunde, Katzen oder Vögel.'],
    ['fr', 'Il vit sans chien, chat ni oiseau.'],
    ['es', 'No hay perros, gatos ni pájaros.'],
    ['pt', 'Não há cães, gatos nem pássaros.'],
    ['it', 'Non ci sono cani, gatti o uccelli.'],
    ['zh-TW', '這裡沒有狗、貓和小鳥。'],
    ['zh-CN', '这里没有狗、猫和小鸟。'],
  ])('is nothing that the text denies or takes back: %s, %s', (language, text) => {
    expect(motifOf(text, languageOf(language))).toBeNull();
  });

  it.each([
    ['en', 'Do not feed the ducks.', '🦆'],
    ['fr', 'Ne nourrissez pas les canards.', '🦆'],
    ['fr', 'N’ouvrez jamais les fenêtres à midi.', '🪟'],
    ['es', 'No toque los caballos.', '🐴'],
    ['pt', 'Não toque nos cavalos.', null],
    ['pt', 'Nunca assuste os cavalos.', '🐴'],
    ['it', 'Non bevete l’acqua del lago!', '💧'],
    ['en', 'Neither the school nor the clinic is affected.', '🏫'],
    ['de', 'Weder der Fuchs noch der Wolf kam näher.', '🦊'],
    ['fr', 'Ni le renard ni le loup ne vinrent.', '🦊'],
    ['es', 'Ni el zorro ni el lobo vinieron.', '🦊'],
    ['pt', 'Nem a raposa nem o lobo vieram.', '🦊'],
    ['it', 'Né la volpe né il lupo vennero.', '🦊'],
    ['fr', 'Ne restez jamais plus de 2 h au soleil.', '☀️'],
    ['en', 'Neither foxes nor wolves live here.', null],
    ['en', 'Do not eat bread.', null],
    ['es', 'No es el caballo del rey.', null],
  ])('is the certain thing with which something must not be done: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });

  it.each([
    ['en', 'The sun did not shine, and the day was cold.', null],
    ['en', 'In winter the hut is closed and does not answer.', '❄️'],
    ['it', 'D’inverno il rifugio è chiuso e nessuno risponde.', '❄️'],
    ['it', 'La neve non scenderà sotto i mille metri.', null],
    ['zh-TW', '上海有小雨，降水量不超過10毫米。', '🌧️'],
    ['zh-CN', '有一天晚上，月亮没有出来。', null],
  ])('is the sky or the weather only where it is not denied: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });
});
