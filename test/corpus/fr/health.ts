import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'fr',
  source: {
    kind: 'scenes',
    scenes: [
      'Une canicule n’est pas un été ordinaire. Ne restez jamais plus de 2 h au soleil.',
      'Buvez 1,5 l d’eau par jour, sauf si votre médecin l’interdit. L’alcool n’hydrate pas.',
      'N’ouvrez pas les fenêtres entre 11 h et 18 h. Ni le ventilateur ni la climatisation ne remplacent l’eau.',
      'À partir de 39 °C, appelez le 15. Sans fièvre, il n’y a guère de danger, mais la plupart des nourrissons doivent être surveillés.',
      'Si personne ne répond, n’attendez pas : rendez-vous aux urgences.',
    ],
  },
  titles: ['Une canicule n’est pas un été ordinaire', 'Une canicule n’est pas un été ordinaire.'],
  narrated: [
    'Une canicule n’est pas un été ordinaire.',
    'Ne restez jamais plus de 2 h au soleil.',
    'L’alcool n’hydrate pas.',
    'N’ouvrez pas les fenêtres entre 11 h et 18 h.',
    'Ni le ventilateur ni la climatisation ne remplacent l’eau.',
    'Si personne ne répond, n’attendez pas : rendez-vous aux urgences.',
  ],
  notAlone: [
    'Été ordinaire',
    'Un été ordinaire',
    'Alcool',
    'L’alcool',
    'Hydrate',
    'Les fenêtres',
    'Ouvrez pas les fenêtres',
    'Plus de 2 h au soleil',
    'Le ventilateur',
    'La climatisation',
    'Fièvre',
    'Danger',
    'Attendez',
    'Personne ne répond',
    'Il n’y a guère de danger',
    'Buvez 1,5',
    'Sans fièvre',
  ],
  notTags: ['alcool', 'été ordinaire', 'danger', 'ouvrez'],
  unbroken: ['2 h', '1,5 l', '11 h', '18 h', '39 °C'],
  heard: [
    ['Ne restez jamais plus de 2 h au soleil.', 'deux heures au soleil'],
    ['Buvez 1,5 l d’eau par jour.', 'un virgule cinq litre d eau | un virgule cinq litres d eau'],
    [
      'À partir de 39 °C, appelez le 15.',
      'trente neuf degrés celsius appelez le quinze | trente neuf degrés appelez le quinze',
    ],
    ['N’ouvrez pas les fenêtres entre 11 h et 18 h.', 'onze heures et dix huit heures'],
  ],
};
