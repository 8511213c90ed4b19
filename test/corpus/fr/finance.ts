import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'fr',
  source: {
    kind: 'article',
    seconds: 25,
    text: `Lumen S.A. perd de l’argent, mais ne licencie pas

Par Claire Dubreuil, le 12 mars 2026 à 08h15

Lyon, 12 mars – Le fabricant d’ampoules Lumen a perdu 1,2 M€ en 2025, contre un gain de 3,4 M€ l’année précédente. Son chiffre d’affaires n’a reculé que de 2,5 %.

« Nous ne fermerons aucune usine », a déclaré la directrice, Mme A. Rey. Elle dirige l’entreprise depuis le 1er janvier. Son prédécesseur avait prévu de supprimer 300 postes. Il n’en a rien été.

À la Bourse, l’action a perdu 8,1 % mardi, puis 2,4 % mercredi. Elle vaut désormais 17,60 €, soit moins de la moitié de son cours d’il y a trois ans.

Lire aussi : Faut-il acheter des obligations ?`,
  },
  titles: ['Lumen S.A. perd de l’argent, mais ne licencie pas'],
  narrated: [
    'Le fabricant d’ampoules Lumen a perdu 1,2 M€ en 2025, contre un gain de 3,4 M€ l’année précédente.',
    '« Nous ne fermerons aucune usine »',
  ],
  leftOut: ['Claire Dubreuil', '08h15', 'Lyon, 12 mars', 'Lire aussi', 'obligations'],
  onlyAfter: [
    ['Son prédécesseur avait prévu de supprimer 300 postes.', 'Il n’en a rien été.'],
    ['À la Bourse, l’action a perdu 8,1 % mardi', 'Elle vaut désormais 17,60 €'],
    ['a déclaré la directrice, Mme A. Rey.', 'Elle dirige l’entreprise depuis'],
  ],
  never: ['perdu 3,4 M€', 'perdu 2,4 % mardi', 'a perdu 8,1 % mercredi'],
  notAlone: [
    'Licencie',
    'Nous fermerons',
    'Usine',
    'Supprimer 300 postes',
    '300 postes',
    'Recule de 2',
    'Lumen S',
    'Perdu 1,2',
    'Un gain de 3,4 M€',
    'La moitié de son cours',
    'Perd de l’argent',
    'Fermerons',
  ],
  notTags: ['licencie', '300 postes', 'supprimer', 'mme a'],
  unbroken: [
    'S.A.',
    '1,2 M€',
    '3,4 M€',
    '2,5 %',
    'Mme A. Rey',
    '1er janvier',
    '300 postes',
    '8,1 %',
    '2,4 %',
    '17,60 €',
  ],
  heard: [
    [
      'Lumen a perdu 1,2 M€ en 2025.',
      'un virgule deux million d euros en deux mille vingt cinq | un virgule deux millions d euros en deux mille vingt cinq',
    ],
    ['L’action a perdu 8,1 % mardi.', 'huit virgule un pour cent'],
    [
      'Elle vaut désormais 17,60 €.',
      'dix sept euros soixante | dix sept virgule soixante euros | dix sept virgule six euros',
    ],
    ['Elle dirige l’entreprise depuis le 1er janvier.', 'premier janvier'],
    ['Il veut supprimer 300 postes.', 'trois cents postes'],
  ],
};
