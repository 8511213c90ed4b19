import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'fr',
  source: {
    kind: 'script',
    text: `# Le canal qui n’a jamais servi

Au XVIIe siècle, Louis XIV fit creuser un canal de 12 km. Il n’y eut jamais d’eau.

## L’échec

M. de Vauclair, l’ingénieur, promit l’eau pour le 1er mai 1684. Elle ne vint pas. La pente n’était que de 0,3 %, et l’on avait oublié la colline.

Le roi ne le punit point. « Je n’ai rien perdu, sauf 40 000 livres », aurait-il dit. Aucun témoin ne le confirme.

## Aujourd’hui

Depuis le XXIe siècle, c’est le 75e sentier de la région. Mme Ferrand, p. ex., y court à 7 h 45. Il est interdit d’y camper.`,
  },
  titles: ['Le canal qui n’a jamais servi'],
  headings: ['L’échec', 'Aujourd’hui'],
  narrated: [
    'Au XVIIe siècle, Louis XIV fit creuser un canal de 12 km.',
    'Il n’y eut jamais d’eau.',
    'M. de Vauclair, l’ingénieur, promit l’eau pour le 1er mai 1684.',
    'Elle ne vint pas.',
    'La pente n’était que de 0,3 %, et l’on avait oublié la colline.',
    'Le roi ne le punit point.',
    'Aucun témoin ne le confirme.',
    'Depuis le XXIe siècle, c’est le 75e sentier de la région.',
    'Mme Ferrand, p. ex., y court à 7 h 45.',
    'Il est interdit d’y camper.',
  ],
  leftOut: ['#'],
  notAlone: [
    'Camper',
    'D’y camper',
    'Eau',
    'Servi',
    'Le canal',
    'Témoin',
    'Le roi le punit',
    'Elle vint',
    'M',
    'De 0,3',
    'Témoin ne le confirme',
    'Rien perdu',
    'Promit l’eau',
    'Le roi',
  ],
  notTags: ['camper', 'témoin', 'servi', 'punit'],
  unbroken: [
    'XVIIe siècle',
    'Louis XIV',
    '12 km',
    'M. de Vauclair',
    '1er mai',
    '0,3 %',
    '40 000 livres',
    'XXIe siècle',
    '75e',
    'Mme Ferrand',
    'p. ex.',
    '7 h 45',
  ],
  heard: [
    ['Au XVIIe siècle, il fit creuser un canal.', 'dix septième siècle'],
    ['Louis XIV fit creuser un canal de 12 km.', 'louis quatorze fit creuser un canal de douze kilomètres'],
    [
      'M. de Vauclair promit l’eau pour le 1er mai 1684.',
      'monsieur de vauclair promit l eau pour le premier mai mille six cent quatre vingt quatre | monsieur de vauclair promit l eau pour le premier mai seize cent quatre vingt quatre',
    ],
    ['La pente n’était que de 0,3 %.', 'zéro virgule trois pour cent'],
    ['Depuis le XXIe siècle, c’est le 75e sentier.', 'vingt et unième siècle c est le soixante quinzième sentier'],
    ['Mme Ferrand, p. ex., y court à 7 h 45.', 'madame ferrand par exemple y court à sept heures quarante cinq'],
    ['J’ai perdu 40 000 livres.', 'quarante mille livres'],
  ],
};
