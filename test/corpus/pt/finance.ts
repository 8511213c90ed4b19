import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'pt',
  source: {
    kind: 'script',
    text: `O aluguel não vai subir em julho

O índice caiu 0,3% em junho, e quem paga R$ 1.500 continuará pagando R$ 1.500. Não há previsão de aumento antes de 1º de agosto.

O dólar fechou a R$ 5,42. As ações da Ventura S.A. recuaram de R$ 8,10 para R$ 2,40; a empresa nega que vá falir.

O Banco Central manteve os juros em 10,5% a.a., mas nem todos os diretores concordaram. Apenas 2 dos 9 votaram contra.

Quem ganha até 2 mil reais não paga imposto. Se ganhar mais, pagará, no mínimo, 7,5%. Nunca empreste dinheiro a quem lhe promete 3% ao dia.`,
  },
  titles: ['O aluguel não vai subir em julho'],
  narrated: [
    'O índice caiu 0,3% em junho, e quem paga R$ 1.500 continuará pagando R$ 1.500.',
    'Não há previsão de aumento antes de 1º de agosto.',
    'O dólar fechou a R$ 5,42.',
    'As ações da Ventura S.A. recuaram de R$ 8,10 para R$ 2,40; a empresa nega que vá falir.',
    'O Banco Central manteve os juros em 10,5% a.a., mas nem todos os diretores concordaram.',
    'Apenas 2 dos 9 votaram contra.',
    'Quem ganha até 2 mil reais não paga imposto.',
    'Se ganhar mais, pagará, no mínimo, 7,5%.',
    'Nunca empreste dinheiro a quem lhe promete 3% ao dia.',
  ],
  never: ['julho O índice'],
  notAlone: [
    'O aluguel vai subir em julho',
    'Aluguel',
    'Subir em julho',
    'Previsão de aumento',
    'Há previsão de aumento',
    'Vá falir',
    'A empresa vá falir',
    'Falir',
    'Todos os diretores concordaram',
    'Paga imposto',
    'Empreste dinheiro',
    '3% ao dia',
    'Votaram contra',
    'O índice caiu 0',
    '1º',
    'Os diretores concordaram',
    'Pagará',
  ],
  notTags: ['falir', 'previsão de aumento', 'empreste', 'todos', 'ventura s'],
  unbroken: [
    '0,3%',
    'R$ 1.500',
    '1º de agosto',
    'R$ 5,42',
    'S.A.',
    'R$ 8,10',
    'R$ 2,40',
    '10,5% a.a.',
    '2 mil reais',
    '7,5%',
    '3%',
  ],
  heard: [
    ['O índice caiu 0,3% em junho.', 'zero vírgula três por cento'],
    ['Quem paga R$ 1.500 continua.', 'mil e quinhentos reais | mil quinhentos reais'],
    ['Não há aumento antes de 1º de agosto.', 'primeiro de agosto'],
    ['O dólar fechou a R$ 5,42.', 'cinco reais e quarenta e dois centavos | cinco vírgula quarenta e dois reais'],
    ['Manteve os juros em 10,5% a.a., disse.', 'dez vírgula cinco por cento ao ano'],
    ['Apenas 2 dos 9 votaram contra.', 'dois dos nove'],
  ],
};
