import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'fr',
  source: {
    kind: 'script',
    text: `Le hérisson qui ne piquait pas

Il était une fois, à St-Cyr, un hérisson de 3 ans nommé Basile. Il ne piquait personne.

— Tu n’es pas un vrai hérisson ! disait le renard.
— Peut-être, répondait Basile, mais je n’ai peur de rien.

Un soir, M. Hibou tomba dans un trou. Nul ne pouvait l’atteindre, car les ronces l’entouraient. Basile, lui, n’hésita pas. Ses piquants se dressèrent : c’était la première fois !

« Si tu piquais tout le temps, dit le hibou, personne ne t’aimerait. Si tu ne piquais jamais, je serais encore dans mon trou. »

Et Basile ne se demanda plus jamais ce qu’il était.`,
  },
  titles: ['Le hérisson qui ne piquait pas'],
  narrated: [
    'Il était une fois, à St-Cyr, un hérisson de 3 ans nommé Basile.',
    'Il ne piquait personne.',
    'Tu n’es pas un vrai hérisson !',
    'mais je n’ai peur de rien.',
    'Un soir, M. Hibou tomba dans un trou.',
    'Nul ne pouvait l’atteindre, car les ronces l’entouraient.',
    'Basile, lui, n’hésita pas.',
    'Ses piquants se dressèrent : c’était la première fois !',
    'Et Basile ne se demanda plus jamais ce qu’il était.',
  ],
  never: ['piquait pas Tu', 'piquait pas Il était'],
  notAlone: [
    'Un vrai hérisson',
    'Vrai hérisson',
    'Tu es un vrai hérisson',
    'Peur',
    'J’ai peur',
    'Piquait',
    'Il piquait',
    'Le hérisson qui piquait',
    'Tu piquais tout le temps',
    'Personne ne t’aimerait',
    'M',
    'Je serais encore dans mon trou',
    'Si tu piquais tout le temps',
    'Hésita',
    'Basile se demanda',
  ],
  notTags: ['peur', 'vrai hérisson', 'piquait'],
  unbroken: ['3 ans', 'M. Hibou', 'St-Cyr'],
  heard: [
    ['Un soir, M. Hibou tomba dans un trou.', 'monsieur hibou'],
    ['Il était une fois, à St-Cyr, un hérisson de 3 ans.', 'saint cyr un hérisson de trois ans'],
  ],
};
