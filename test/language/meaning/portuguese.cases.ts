import type { MeaningCases } from './meaning-case.ts';

export const PORTUGUESE: MeaningCases = {
  language: 'pt',
  cases: [
    { text: 'Não há provas de que funcione.', never: ['provas', 'funcione'] },
    { text: 'A Terra não é plana.', never: ['plana'] },
    { text: 'Nunca beba esta água.', never: ['beba', 'água'] },
    { text: 'Ninguém ficou ferido.', never: ['ferido'] },
    { text: 'Ele saiu sem pagar.', never: ['pagar'] },
    { text: 'Nem o rei nem a rainha vieram.', never: ['vieram'] },
    { text: 'A empresa negou ter perdido os dados.', never: ['perdido'] },
    { text: 'Apenas duas das dez pontes são seguras.', never: ['seguras', 'dez pontes'] },
    { text: 'Quase metade das casas não tem luz.', never: ['luz', 'metade'] },
    { text: 'Pelo menos 40 pessoas morreram.', never: ['40', '40 pessoas'] },
    { text: 'As vendas caíram 40%.', never: ['40'] },
    { text: 'O trem sai às 7h45.', never: ['7', '45', '7h45'] },
    { text: 'O lago congelou a −3 °C.', never: ['3', 'c'] },
    { text: 'O ingresso custa R$ 50.', never: ['r', '50'] },
    { text: 'Se chover, o jogo será cancelado.', never: ['cancelado', 'jogo será cancelado'] },
    { text: 'O ministro poderia renunciar.', never: ['renunciar'] },
    { text: 'O chá tem menos cafeína que o café.', never: ['cafeína que o café'] },
    { text: 'O Sr. Silva mora em São Paulo.', never: ['paulo', 'são', 'sr'], tags: ['são paulo'] },
    { text: 'Diziam que a ponte era segura. Não era.', never: ['segura'] },
    {
      text: 'A prefeitura disse na terça-feira que não tinha aprovado o plano de fechar a velha piscina da rua do Moinho.',
      holds: ['não tinha aprovado'],
      never: ['aprovado'],
    },
  ],
};
