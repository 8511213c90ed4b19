import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/language/language.ts';
import { motifOf } from '../../../src/providers/local/cards/wording/scene-motif.ts';

describe('The motif of a word with two meanings', () => {
  it.each([
    ['en', 'The mouse on my desk has no cable.', '🖱️'],
    ['en', 'A mouse ran through the barn.', '🐭'],
    ['de', 'Der Händler repariert die Maus.', '🖱️'],
    ['de', 'Eine Maus saß im Heu.', '🐭'],
    ['fr', 'Ma souris ne marche plus, mais le clavier va bien.', '🖱️'],
    ['fr', 'Une souris grignote le grain.', '🐭'],
    ['es', 'El ratón inalámbrico no funciona.', '🖱️'],
    ['es', 'Un ratón vive en el granero.', '🐭'],
    ['pt', 'O mouse parou de funcionar.', '🖱️'],
    ['pt', 'Um rato roeu o saco.', '🐭'],
    ['it', 'Il mouse non funziona.', '🖱️'],
    ['it', 'Un topo rosicchia il sacco.', '🐭'],
    ['zh-TW', '滑鼠壞了。', '🖱️'],
    ['zh-CN', '老鼠咬破了袋子。', '🐭'],
  ])('is a mouse of a computer only beside words of one: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });

  it.each([
    ['en', 'The queen bee lays two thousand eggs.', '🐝'],
    ['en', 'The turtle lays her eggs in the sand.', '🐢'],
    ['en', 'We had eggs for breakfast.', '🥚'],
    ['de', 'Die Königin legt im Stock bis zu zweitausend Eier.', null],
    ['de', 'Der Käfer legt seine Eier unter die Rinde.', '🪲'],
    ['de', 'Zum Frühstück gab es Eier.', '🥚'],
    ['de', 'Die Königin winkte der Menge zu.', 'crown'],
    ['fr', 'La reine pond ses œufs dans la ruche.', '🐝'],
    ['fr', 'Battez trois œufs.', '🥚'],
    ['fr', 'La reine a salué la foule.', 'crown'],
    ['es', 'El mosquito pone sus huevos en el agua.', '🦟'],
    ['es', 'Compra una docena de huevos.', '🥚'],
    ['pt', 'O peixe põe os ovos entre as pedras.', '🐟'],
    ['pt', 'Compre uma dúzia de ovos.', '🥚'],
    ['it', 'La zanzara depone le uova nell’acqua ferma.', '🦟'],
    ['it', 'Compra una dozzina di uova.', '🥚'],
    ['it', 'La cenere cade piano, e la spalano come neve.', null],
  ])('is no egg of a hen and no crown where insects or fish lay: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });

  it.each([
    ['de', 'Das Schloss am Fahrrad war geknackt.', ['lock-key', '🚲']],
    ['de', 'Ein gutes Schloss kostet achtzig Euro.', ['lock-key']],
    ['de', 'Das Schloss liegt auf einem Hügel.', ['🏰']],
    ['de', 'Die Birne der Lampe leuchtet nicht.', ['💡']],
    ['de', 'Die Kiefer hat lange Nadeln.', ['🌲']],
    ['de', 'Der Kiefer tut ihm weh.', [null]],
    ['de', 'Der Arzt schreibt ein Rezept.', ['💊']],
    ['de', 'Das Rezept ist für vier Personen.', ['cooking-pot']],
    ['en', 'Pick up the prescription before noon.', ['💊']],
    ['fr', 'Le médecin rédige une ordonnance.', ['💊']],
    ['es', 'Sin receta, la farmacia no lo vende.', ['💊', null]],
    ['es', 'La receta es para cuatro personas.', ['cooking-pot']],
    ['es', 'La llama pasta con su rebaño en los Andes.', ['🦙']],
    ['es', 'Una llama salió de la ventana.', [null]],
    ['it', 'La ricetta si ritira in farmacia.', ['💊']],
    ['it', 'La ricetta è per quattro persone.', ['cooking-pot']],
    ['pt', 'Pegue uma senha e espere na fila.', ['ticket']],
    ['pt', 'Troque sua senha todo mês.', ['lock-key']],
    ['pt', 'A manga está madura.', ['🥭']],
    ['pt', 'A manga da camisa rasgou.', [null, '👕']],
    ['zh-TW', '憑處方才能買這種藥。', ['💊']],
  ])('is what the other words of the sentence say: %s, %s', (language, text, motifs) => {
    expect(motifs).toContain(motifOf(text, languageOf(language)));
  });

  it.each([
    ['en', 'The bus driver waited for her.', '🚌'],
    ['en', 'Drivers should leave the motorway at exit nine.', '🚗'],
    ['de', 'Die Busfahrerin wartete.', '🚌'],
    ['fr', 'Le conducteur boit un verre.', null],
    ['fr', 'Le conducteur du bus attend.', '🚌'],
    ['es', 'La conductora del autobús esperó.', '🚌'],
    ['es', 'El conductor perdió el control en la carretera.', '🚗'],
    ['pt', 'O motorista do ônibus esperou.', '🚌'],
    ['it', 'L’autista dell’autobus aspettava.', '🚌'],
    ['zh-CN', '公交司机等了一会儿。', '🚌'],
  ])('is the vehicle of its driver, and no car for a driver of something else: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });

  it.each([
    ['en', 'A fireman carried her out.'],
    ['de', 'Eine Feuerwehrfrau trug sie hinaus.'],
    ['fr', 'Une pompière l’a portée dehors.'],
    ['es', 'Una bombera la sacó.'],
    ['pt', 'Uma bombeira a tirou de lá.'],
    ['it', 'Un vigile del fuoco la portò fuori.'],
    ['zh-TW', '消防人員把她救出來。'],
    ['zh-CN', '消防队赶到了。'],
  ])('is a fire engine for firefighters: %s, %s', (language, text) => {
    expect(motifOf(text, languageOf(language))).toBe('🚒');
  });

  it.each([
    ['en', 'In the forest grow pines and spruces.', '🌲'],
    ['de', 'Im Wald wachsen vor allem Fichten.', '🌲'],
    ['fr', 'La forêt est plantée de sapins.', '🌲'],
    ['es', 'El bosque está lleno de pinos.', '🌲'],
    ['pt', 'A floresta tem muitos pinheiros.', '🌲'],
    ['it', 'Nel bosco crescono gli abeti.', '🌲'],
    ['zh-TW', '森林裡長滿松樹。', '🌲'],
    ['en', 'Of all birds, the owl sees best at night.', '🦉'],
    ['en', 'The forest is old.', '🌳'],
  ])('is the specific thing rather than its kind: %s, %s', (language, text, motif) => {
    expect(motifOf(text, languageOf(language))).toBe(motif);
  });
});
