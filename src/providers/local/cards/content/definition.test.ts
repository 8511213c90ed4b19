import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../language/language.ts';
import { definitionIn } from './definition.ts';

function shown(text: string, language: string): string | null {
  const found = definitionIn(text, languageOf(language));
  if (found === null) return null;
  expect(text.slice(found.start, found.start + found.meaning.length)).toBe(found.meaning);
  return `${found.term} | ${found.meaning}`;
}

describe('A definition', () => {
  it.each([
    ['en', 'A glacier is a large mass of ice that moves slowly.', 'A glacier | a large mass of ice that moves slowly'],
    [
      'en',
      'Photosynthesis is the process by which plants turn light into sugar.',
      'Photosynthesis | the process by which plants turn light into sugar',
    ],
    ['en', 'The heart is a muscle, about as big as a fist.', 'The heart | a muscle, about as big as a fist'],
    ['en', 'A virus is a particle that cannot live alone.', 'A virus | a particle that cannot live alone'],
    [
      'en',
      'A coral reef is a city of small animals, and it grows for centuries.',
      'A coral reef | a city of small animals',
    ],
    [
      'de',
      'Ein Gletscher ist eine große Masse aus Eis, die sich langsam bewegt.',
      'Ein Gletscher | eine große Masse aus Eis, die sich langsam bewegt',
    ],
    [
      'de',
      'Fotosynthese ist der Vorgang, bei dem Pflanzen Licht in Zucker umwandeln.',
      'Fotosynthese | der Vorgang, bei dem Pflanzen Licht in Zucker umwandeln',
    ],
    ['de', 'Die Inflation ist ein Anstieg der Preise.', 'Die Inflation | ein Anstieg der Preise'],
    [
      'fr',
      'La photosynthèse est le processus par lequel les plantes transforment la lumière.',
      'La photosynthèse | le processus par lequel les plantes transforment la lumière',
    ],
    [
      'fr',
      'Un glacier est une masse de glace qui avance lentement.',
      'Un glacier | une masse de glace qui avance lentement',
    ],
    ['fr', 'L’abeille est un insecte qui vit en colonie.', 'L’abeille | un insecte qui vit en colonie'],
    [
      'es',
      'Un glaciar es una masa de hielo que se mueve despacio.',
      'Un glaciar | una masa de hielo que se mueve despacio',
    ],
    [
      'es',
      'La fotosíntesis es el proceso por el que las plantas convierten la luz en azúcar.',
      'La fotosíntesis | el proceso por el que las plantas convierten la luz en azúcar',
    ],
    [
      'es',
      'El arrecife de coral es una ciudad submarina de animales.',
      'El arrecife de coral | una ciudad submarina de animales',
    ],
    [
      'pt',
      'Uma geleira é uma massa de gelo que se move devagar.',
      'Uma geleira | uma massa de gelo que se move devagar',
    ],
    ['pt', 'A abelha é um inseto que vive em colônias.', 'A abelha | um inseto que vive em colônias'],
    [
      'pt',
      'O recife de coral é uma cidade submarina de animais.',
      'O recife de coral | uma cidade submarina de animais',
    ],
    [
      'it',
      'Un ghiacciaio è una massa di ghiaccio che si muove lentamente.',
      'Un ghiacciaio | una massa di ghiaccio che si muove lentamente',
    ],
    ['it', 'L’ape è un insetto che vive in colonie.', 'L’ape | un insetto che vive in colonie'],
    [
      'it',
      'La fotosintesi è il processo con cui le piante trasformano la luce.',
      'La fotosintesi | il processo con cui le piante trasformano la luce',
    ],
    ['zh-TW', '珊瑚礁是一種由珊瑚蟲形成的海底結構。', '珊瑚礁 | 一種由珊瑚蟲形成的海底結構'],
    ['zh-TW', '光合作用是指植物把陽光變成養分的過程。', '光合作用 | 植物把陽光變成養分的過程'],
    ['zh-TW', '吉他是一種有六條弦的樂器，它來自西班牙。', '吉他 | 一種有六條弦的樂器'],
    ['en', 'A tomato is a fruit, not a vegetable.', 'A tomato | a fruit, not a vegetable'],
    ['zh-CN', '冰川是一种缓慢移动的巨大冰体。', '冰川 | 一种缓慢移动的巨大冰体'],
    ['zh-CN', '不锈钢是一种含铬的合金材料。', '不锈钢 | 一种含铬的合金材料'],
    ['zh-CN', '通货膨胀指的是物价持续上涨的现象。', '通货膨胀 | 物价持续上涨的现象'],
  ])('is a term and what it is in %s: %s', (language, text, card) => {
    expect(shown(text, language)).toBe(card);
  });

  it.each([
    ['en', 'It is a large mass of ice that moves slowly.'],
    ['en', 'This glacier is a large mass of ice that moves.'],
    ['en', 'A whale is not a fish that lives in the sea.'],
    ['en', 'Is a glacier a mass of ice that moves?'],
    ['en', 'The problem is a lack of money for the schools.'],
    ['en', 'Scientists believe dark matter is a form of matter.'],
    ['en', 'Tomorrow is a holiday in most of the country.'],
    ['en', 'The old bridge is a lot older than the town.'],
    ['en', 'Perhaps love is a game for two people.'],
    ['en', 'Trust is a gift between two people – until it breaks.'],
    ['en', 'There is a house on the hill above the town.'],
    ['en', '“A glacier is a large mass of ice,” says Anna Weber.'],
    ['en', 'Bats are blind. That is a myth of the old days.'],
    ['en', 'The cat is a pet.'],
    ['en', 'Bitcoin is a bubble that will burst, critics say.'],
    ['en', 'A tomato is a fruit but most people call it a vegetable.'],
    ['en', 'The mayor is a liar according to the newspaper.'],
    ['en', 'Attached is a list of all members of the club.'],
    ['de', 'Peter ist der Meinung, dass es bald regnet.'],
    ['fr', 'Le maire est un jour tombé dans la rivière.'],
    ['es', 'El alcalde es un mentiroso según el periódico.'],
    ['it', 'Il treno è un’ora in ritardo oggi.'],
    ['en', 'Light is a million times faster than sound.'],
    ['de', 'Das Licht ist eine Million Mal schneller als der Schall.'],
    ['fr', 'La lumière est un million de fois plus rapide que le son.'],
    ['de', 'Wichtig ist ein guter Schlaf in der Nacht.'],
    ['de', 'Geplant ist eine Brücke über den großen Fluss.'],
    ['de', 'Ein Mann ist eine Woche lang durch den Wald gewandert.'],
    ['de', 'Er ist ein Arzt aus der Stadt am Meer.'],
    ['de', 'Ein Wal ist kein Fisch, der im Meer lebt.'],
    ['de', 'Heute ist ein Feiertag in der ganzen Stadt.'],
    ['fr', 'C’est une masse de glace qui avance lentement.'],
    ['fr', 'Le problème est le manque d’argent pour les écoles.'],
    ['fr', 'La baleine n’est pas un poisson qui vit en mer.'],
    ['fr', 'Le pont est un peu plus vieux que la ville.'],
    ['es', 'Este glaciar es una masa de hielo que se mueve.'],
    ['es', 'El problema es la falta de dinero para todos.'],
    ['es', 'Una ballena no es un pez que vive en el mar.'],
    ['es', '¿Un glaciar es una masa de hielo que se mueve?'],
    ['pt', 'Esta geleira é uma massa de gelo que se move.'],
    ['pt', 'O problema é a falta de dinheiro para todos.'],
    ['pt', 'Uma baleia não é um peixe que vive no mar.'],
    ['it', 'Questo ghiacciaio è una massa di ghiaccio che si muove.'],
    ['it', 'Il problema è la mancanza di denaro per tutti.'],
    ['it', 'Una balena non è un pesce che vive nel mare.'],
    ['zh-TW', '這是一種由珊瑚蟲形成的海底結構。'],
    ['zh-TW', '科學家認為愛是一種很古老的力量。'],
    ['zh-TW', '鯨魚不是一種住在海裡的魚類。'],
    ['zh-TW', '最大的問題是一種很少見的疾病。'],
    ['zh-CN', '他是一个住在海边的老渔民。'],
    ['zh-CN', '今天是一个适合出门的好日子。'],
    ['zh-CN', '爱是一种什么样的力量呢？'],
    ['ja', '珊瑚礁は一種の地形です。'],
  ])('is none where that is not sure in %s: %s', (language, text) => {
    expect(shown(text, language)).toBeNull();
  });
});
