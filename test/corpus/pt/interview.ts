import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'pt',
  source: {
    kind: 'article',
    seconds: 30,
    text: `“Não tenho saudade do mar”, diz o último faroleiro

Por Ana P. Teles — Florianópolis, 03/05/2026 às 16h30

O Sr. Amadeu Lopes, de 78 anos, cuidou do farol da Ilha Rasa por 41 anos. Ele não pretende voltar. “Não tenho saudade do mar”, diz. “Tenho saudade do silêncio.”

Pergunta: O farol era perigoso?
Resposta: “Quase nunca. Em 1983 caiu um raio. Naquela noite, ficamos sem rádio até as 5h.”

O Dr. Reis, que o examinou em 1990, achou que ele não ouviria mais. Estava enganado. Hoje o farol funciona sem ninguém. A luz alcança 32 km e gasta menos de 100 W.

Se o convidassem, o Sr. Amadeu não aceitaria dinheiro. “Nem R$ 1 milhão”, ri.

Gostou? Compartilhe!`,
  },
  titles: ['“Não tenho saudade do mar”, diz o último faroleiro'],
  narrated: ['O Sr. Amadeu Lopes, de 78 anos, cuidou do farol da Ilha Rasa por 41 anos.'],
  leftOut: ['Ana P. Teles', '03/05/2026', '16h30', 'Compartilhe', 'Gostou'],
  onlyAfter: [
    ['Em 1983 caiu um raio.', 'Naquela noite, ficamos sem rádio'],
    ['achou que ele não ouviria mais.', 'Estava enganado.'],
  ],
  never: [
    'Em 1990 caiu um raio',
    'examinou em 1983',
    'ele não ouviria mais. Hoje o farol',
    'O farol era perigoso? O Dr. Reis',
  ],
  notAlone: [
    'Tenho saudade do mar',
    'Saudade do mar',
    'Pretende voltar',
    'Ele pretende voltar',
    'Perigoso',
    'O farol era perigoso',
    'Aceitaria dinheiro',
    'Ele não ouviria mais',
    'R$ 1 milhão',
    'Sr',
    'Rádio',
    'O Sr',
    'Ouviria',
  ],
  notTags: ['saudade do mar', 'perigoso', 'aceitaria'],
  unbroken: ['Sr. Amadeu', '78 anos', '41 anos', 'Dr. Reis', '5h', '32 km', '100 W', 'R$ 1 milhão'],
  heard: [
    ['O Sr. Amadeu Lopes, de 78 anos.', 'o senhor amadeu lopes de setenta e oito anos'],
    ['Em 1983 caiu um raio.', 'mil novecentos e oitenta e três'],
    ['Ficamos sem rádio até as 5h.', 'até as cinco horas | até as cinco'],
    [
      'A luz alcança 32 km e gasta menos de 100 W.',
      'trinta e dois quilômetros e gasta menos de cem watts | trinta e dois quilómetros e gasta menos de cem watts',
    ],
    ['Nem R$ 1 milhão, ri.', 'nem um milhão de reais'],
    ['O Dr. Reis o examinou.', 'doutor reis'],
  ],
};
