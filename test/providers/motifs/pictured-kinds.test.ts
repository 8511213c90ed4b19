import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/language/language.ts';
import { motifOf } from '../../../src/providers/local/cards/wording/scene-motif.ts';

const motifIn = (tag: string, text: string): string | null => motifOf(text, languageOf(tag));

describe('The motif of a sentence', () => {
  it.each([
    ['en', 'She waited for a few minutes.'],
    ['de', 'Nach drei Stunden gab er auf.'],
    ['fr', 'Il a hésité quelques minutes.'],
    ['es', 'Espera unos minutos.'],
    ['pt', 'Bastam quinze minutos por dia.'],
    ['it', 'Per qualche minuto tutto tace.'],
    ['zh-TW', '等了幾分鐘，時間長了就習慣。'],
    ['zh-CN', '每隔二十分钟休息一下，时间长了就习惯。'],
  ])('is no clock for a duration: %s, %s', (tag, text) => {
    expect(motifIn(tag, text)).toBeNull();
  });

  it.each([
    ['en', 'The clock on the wall stopped.'],
    ['de', 'Der Wecker klingelt zu früh.'],
    ['fr', 'L’horloge avance un peu.'],
    ['es', 'El reloj se paró.'],
    ['pt', 'O relógio parou.'],
    ['it', 'L’orologio si è fermato.'],
    ['zh-TW', '牆上的時鐘停了。'],
    ['zh-CN', '闹钟没电了。'],
  ])('is a clock for a clock: %s, %s', (tag, text) => {
    expect(motifIn(tag, text)).toBe('clock');
  });

  it.each([
    ['en', 'The fishermen and the bakers went on strike.'],
    ['de', 'Der Fischer und der Bäcker streiken.'],
    ['fr', 'Le pêcheur et le boulanger font grève.'],
    ['es', 'El pescador y el panadero hacen huelga.'],
    ['pt', 'O pescador e o padeiro fazem greve.'],
    ['it', 'Il pescatore e il fornaio scioperano.'],
    ['zh-TW', '漁民和麵包師都罷工了。'],
    ['zh-CN', '渔民和面包师都罢工了。'],
    ['en', 'The cash register beeped.'],
    ['it', 'Quelli da spiaggia non bastano.'],
    ['es', 'Busco mis gafas de sol.'],
    ['fr', 'Il porte ses lunettes de soleil.'],
  ])('is not the thing that gave people and products their name: %s, %s', (tag, text) => {
    expect(motifIn(tag, text)).toBeNull();
  });

  it.each([
    ['en', 'Glass is melted in an oven.'],
    ['de', 'Das Glas schmilzt in einem Ofen.'],
    ['fr', 'On fond le verre dans le four.'],
    ['es', 'El vidrio se funde en un horno.'],
    ['pt', 'O vidro derrete no forno.'],
    ['it', 'Il vetro fonde in un forno.'],
    ['zh-TW', '玻璃要放進烤箱裡加熱嗎？'],
    ['en', 'The power plant was built in 1970.'],
    ['de', 'Das Kraftwerk liegt im Tal.'],
    ['en', 'Arrive early for the job interview.'],
    ['de', 'Zum Interview kommt man pünktlich.'],
    ['fr', 'L’interview d’embauche fait peur.'],
    ['es', 'Para la entrevista, llega pronto.'],
    ['pt', 'Para a entrevista, chegue cedo.'],
    ['it', 'Per l’intervista arrivate puntuali.'],
    ['en', 'Light is their food.'],
    ['es', 'La luz es su alimento.'],
    ['pt', 'A luz é o seu alimento.'],
    ['it', 'La luce è il loro cibo.'],
    ['zh-TW', '光就是它們的食物。'],
    ['en', 'He decided to tidy the kitchen.'],
    ['de', 'Sie räumt die Küche auf.'],
    ['fr', 'Elle range la cuisine.'],
    ['es', 'Ordena la cocina.'],
    ['pt', 'Ela arruma a cozinha.'],
    ['it', 'Riordina la cucina.'],
    ['zh-CN', '她在打扫厨房。'],
    ['en', 'He never left this island.'],
    ['de', 'Niemand verließ die Insel.'],
    ['fr', 'Nul ne quitta cette île.'],
    ['zh-TW', '停電了。'],
    ['zh-CN', '停电了。'],
    ['fr', 'Son cœur bat la chamade.'],
    ['es', 'Caen antes si falta agua.'],
    ['en', 'Riders should wear a helmet that fits.'],
    ['pt', 'O cavaleiro tirou o capacete.'],
    ['it', 'L’ingegnere arriva domani.'],
    ['es', 'La cosecha de aceituna empieza en noviembre.'],
    ['de', 'Hier herrscht Dürre, es fehlt Wasser.'],
    ['zh-TW', '孩子們用沙堆城堡。'],
    ['en', 'The children built a castle of sand.'],
    ['es', 'El eco les dibuja un mapa.'],
    ['it', 'È un’eclissi totale di sole.'],
    ['fr', 'L’éclipse cache le soleil.'],
  ])('is no picture of another field: %s, %s', (tag, text) => {
    expect(motifIn(tag, text)).toBeNull();
  });

  it.each([
    ['en', 'Bake it in the oven until golden.', 'oven'],
    ['de', 'Vor dem Backen wird der Ofen vorgeheizt.', 'oven'],
    ['it', 'Infornate e abbassate il forno.', 'oven'],
    ['en', 'He bent down to the microphone on the stage.', 'microphone'],
    ['pt', 'Ela cantou com o microfone na mão.', 'microphone'],
    ['en', 'Dinner is on the table.', 'fork-knife'],
    ['es', 'El restaurante sirve comida casera.', 'fork-knife'],
    ['zh-TW', '這家餐廳的午餐很便宜。', 'fork-knife'],
    ['fr', 'Suivez la recette et laissez cuire.', 'cooking-pot'],
    ['pt', 'A ilha tropical recebe turistas.', '🏝️'],
    ['es', 'La isla tropical recibe a los turistas.', '🏝️'],
    ['fr', 'Le médecin écoute le cœur qui bat.', '🫀'],
    ['en', 'The factory closed.', 'factory'],
    ['en', 'The harvest begins in July.', '🌾'],
    ['de', 'Auf der Baustelle ist es laut.', 'hard-hat'],
    ['de', 'Die Fabrik steht still.', 'factory'],
    ['zh-CN', '垃圾要分类回收。', 'recycle'],
    ['en', 'The map shows every road in the country.', '🗺️'],
  ])('is a picture of its field: %s, %s', (tag, text, motif) => {
    expect(motifIn(tag, text)).toBe(motif);
  });

  it.each([
    ['en', 'The strings seem knives.', null],
    ['pt', 'As cordas parecem facas.', null],
    ['es', 'Las cuerdas parecen cuchillos.', null],
    ['it', 'La sua voce sembrava un violino.', null],
    ['fr', 'Son rire ressemble à un moteur.', null],
    ['de', 'Die Wolke gleicht einem Pferd.', null],
    ['pt', 'Isso é como subir uma escada.', null],
    ['it', 'È come salire una scala.', null],
    ['zh-TW', '那條線好比一條蛇。', null],
    ['zh-CN', '车头的形状是从鸟的嘴巴得到的灵感。', null],
    ['en', 'The nose was inspired by a bird.', null],
    ['es', 'La forma está inspirada en un pájaro.', null],
    ['en', 'Take the bike instead of the car.', '🚲'],
    ['en', 'It is as high as a five-story building.', null],
    ['de', 'Er fährt Fahrrad statt Auto.', '🚲'],
    ['fr', 'Prenez le vélo au lieu de la voiture.', '🚲'],
    ['fr', 'Prenez le vélo plutôt que le train.', '🚲'],
    ['es', 'En vez de ir en coche, usan la bicicleta.', '🚲'],
    ['pt', 'Em vez de carne, ela come cogumelos.', '🍄'],
    ['it', 'Invece della macchina usate la bicicletta.', '🚲'],
    ['zh-TW', '與其搭公車，不如騎腳踏車。', '🚲'],
    ['zh-CN', '与其坐公交车，不如骑自行车。', '🚲'],
    ['zh-CN', '他想用自行车代替汽车。', '🚲'],
    ['es', 'Parece que el tren llega.', '🚆'],
    ['en', 'It seems the train is late.', '🚆'],
    ['es', 'Así es como los bosques guardan agua.', '🌳'],
  ])('is neither what something resembles nor what is rejected: %s, %s', (tag, text, motif) => {
    expect(motifIn(tag, text)).toBe(motif);
  });

  it.each([
    ['en', 'Because the ferry was late, we took the bus.', '🚌'],
    ['en', 'We took the bus because the ferry was late.', '🚌'],
    ['de', 'Weil der Zug ausfiel, nahmen wir das Fahrrad.', '🚲'],
    ['fr', 'Parce que le train était en retard, elle a pris son vélo.', '🚲'],
    ['es', 'Como siempre, cuida la oveja porque el lobo ronda.', '🐑'],
    ['pt', 'Se a vaca fugir, solte o cachorro.', '🐶'],
    ['it', 'Poiché il treno era in ritardo, presero la bicicletta.', '🚲'],
    ['zh-TW', '因為火車誤點，我們改搭公車。', '🚌'],
    ['zh-CN', '如果火车晚点，我们就坐公交车。', '🚌'],
    ['en', 'If the dog barks, wait.', '🐶'],
    ['de', 'Wenn der Hund bellt, warten Sie.', '🐶'],
    ['en', 'If the budget is tight, wait.', null],
    ['en', 'The dog barks when a train passes.', '🐶'],
    ['en', 'Apples keep longer if you store them away from potatoes.', '🍎'],
    ['en', 'Where do bees live?', '🐝'],
    ['es', '¿Cuándo duermen los murciélagos?', '🦇'],
  ])('is that of the main clause, else something to be seen in another one: %s, %s', (tag, text, motif) => {
    expect(motifIn(tag, text)).toBe(motif);
  });

  it.each([
    ['en', 'Magma rises slowly.', '🌋'],
    ['fr', 'Le magma remonte lentement.', '🌋'],
    ['es', 'El magma sube despacio.', '🌋'],
    ['en', 'Snow covers the rails.', '🚆'],
    ['it', 'Le rotaie si dilatano.', '🚆'],
    ['zh-CN', '铁轨也不简单。', '🚆'],
    ['es', 'Los murciélagos duermen.', '🦇'],
    ['it', 'Le capre saltano.', '🐐'],
    ['en', 'The stars twinkle at night.', '⭐'],
    ['it', 'Le stelle brillano.', '⭐'],
    ['de', 'Die Flasche gehört in den Altglascontainer.', 'recycle'],
    ['es', 'Los flamencos son rosas.', '🦩'],
    ['es', 'Ella canta flamenco.', '💃'],
    ['zh-CN', '沙漠里的骆驼不怕热。', '🐪'],
    ['de', 'Während des Krieges blieb die Uhr stehen.', 'clock'],
    ['es', 'El reloj se detuvo durante la guerra.', 'clock'],
    ['de', 'Im Sommer schließt das Theater.', '🎭'],
  ])('is the thing itself: %s, %s', (tag, text, motif) => {
    expect(motifIn(tag, text)).toBe(motif);
  });
});
