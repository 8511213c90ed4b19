import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'pt',
  source: {
    kind: 'article',
    text: `Bolo de cenoura sem glúten

Rende 12 fatias. Não leva farinha de trigo nem leite.

INGREDIENTES
• 3 cenouras médias (250 g)
• ½ xícara de óleo
• 4 ovos
• 1½ xícara de açúcar
• 1 colher (sopa) de fermento

MODO DE PREPARO
1. Bata tudo, menos o fermento.
2. Junte o fermento e mexa devagar. Não bata mais!
3. Asse a 180 °C por 35-40 min. em forma untada.
4. Nunca abra o forno antes dos 20 min.

Dica da Sra. Lúcia: sem cobertura, o bolo dura 5 dias fora da geladeira. Com ela, não passa de 2.`,
  },
  titles: ['Bolo de cenoura sem glúten'],
  headings: ['INGREDIENTES', 'MODO DE PREPARO'],
  narrated: [
    'Rende 12 fatias.',
    'Não leva farinha de trigo nem leite.',
    '3 cenouras médias (250 g)',
    '½ xícara de óleo',
    '4 ovos',
    '1½ xícara de açúcar',
    '1 colher (sopa) de fermento',
    'Bata tudo, menos o fermento.',
    'Junte o fermento e mexa devagar.',
    'Não bata mais!',
    'Asse a 180 °C por 35-40 min. em forma untada.',
    'Nunca abra o forno antes dos 20 min.',
    'Dica da Sra. Lúcia: sem cobertura, o bolo dura 5 dias fora da geladeira.',
    'Com ela, não passa de 2.',
  ],
  leftOut: ['•'],
  onlyAfter: [['Dica da Sra. Lúcia: sem cobertura, o bolo dura 5 dias', 'Com ela, não passa de 2.']],
  notAlone: [
    'Glúten',
    'Farinha de trigo',
    'Leva farinha de trigo',
    'Leite',
    'Bata mais',
    'Abra o forno',
    'O fermento',
    'Bata tudo',
    'Cobertura',
    'Bolo de cenoura',
    'Dica da Sra',
    'Com ela',
    'Sem cobertura',
  ],
  notTags: ['glúten', 'leite', 'farinha', 'trigo', 'cobertura'],
  unbroken: ['12 fatias', '250 g', '½ xícara', '1½ xícara', '180 °C', '35-40 min.', '20 min.', 'Sra. Lúcia', '5 dias'],
  heard: [
    ['½ xícara de óleo', 'meia xícara de óleo'],
    ['1½ xícara de açúcar', 'uma e meia xícara de açúcar | uma xícara e meia de açúcar'],
    ['3 cenouras médias (250 g)', 'três cenouras médias duzentos e cinquenta gramas'],
    [
      'Asse a 180 °C por 35-40 min. em forma untada.',
      'cento e oitenta graus celsius por trinta e cinco a quarenta minutos',
    ],
    ['Dica da Sra. Lúcia: sem cobertura.', 'senhora lúcia'],
  ],
};
