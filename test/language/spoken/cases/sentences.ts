/** A language tag, a text, and the words that must be heard. */
export type SentenceCase = readonly [tag: string, text: string, words: string];

/** Whole sentences, in which rules meet; the words were judged by hand. */
export const SENTENCES: readonly SentenceCase[] = [
  ['en', 'Returns fell from 8.1% to 2.4%.', 'Returns fell from eight point one percent to two point four percent'],
  [
    'en',
    'In 2024, 3,500 people (about 12% of 29,000) moved.',
    'In twenty twenty-four three thousand five hundred people about twelve percent of twenty-nine thousand moved',
  ],
  [
    'en',
    'On Jan. 5, NASA launched a probe. On Dec. 20, Boeing engineers found a leak.',
    'On January fifth NASA launched a probe On December twentieth Boeing engineers found a leak',
  ],
  ['en', 'Rents rose by $1,200–$1,500.', 'Rents rose by one thousand two hundred to one thousand five hundred dollars'],
  ['en', 'It weighs 5lbs. The box is new.', 'It weighs five pounds. The box is new'],
  ['en', 'Open 9am-5pm. From 6:00–8:00 p.m.', 'Open nine A M to five P M From six to eight P M'],
  ['en', 'He said no. 5 people left.', 'He said no five people left'],
  ['en', 'GPT-4, MP3s, 5G, 4K and Win2k', 'G P T four M P three s five G four K and Win two k'],
  ['en', 'It is 50-50; 9/11; 20/20 vision', 'It is fifty fifty nine eleven twenty twenty vision'],
  ['en', '2^10 = 1024', 'two to the power of ten equals one thousand twenty-four'],
  ['en', 'He earns $75K/year.', 'He earns seventy-five thousand dollars per year'],
  ['en', `He is 5'10".`, 'He is five feet ten'],
  ['en', 'He paid €1.2bn, not $1tn.', 'He paid one point two billion euros not one trillion dollars'],
  ['en-GB', 'The 4 March meeting', 'the fourth of March meeting'],
  ['de', 'Im 18. und 19. Jh. war es so.', 'Im achtzehnten und neunzehnten Jahrhundert war es so'],
  ['de', 'Ca. 1 Stunde, S. 12–15', 'Zirka eine Stunde Seite zwölf bis fünfzehn'],
  ['de', 'Elisabeth II. starb 2022.', 'Elisabeth die Zweite starb zweitausendzweiundzwanzig'],
  ['de', 'um 9.30 Uhr, von 8–17 Uhr', 'um neun Uhr dreißig von acht bis siebzehn Uhr'],
  ['fr', 'Les années 1990, 24h/24', 'Les années mille neuf cent quatre-vingt-dix vingt-quatre heures sur vingt-quatre'],
  ['fr', '1 000 000 de dollars, 21 personnes', 'un million de dollars vingt et une personnes'],
  ['fr', 'De 9h-17h, 5 M€', "De neuf heures à dix-sept heures cinq millions d'euros"],
  ['es', 'Abierto 9:00–17:00 en el s. XVIII', 'Abierto nueve a diecisiete en punto en el siglo dieciocho'],
  ['es', 'Tel. 91 123 45 67', 'Teléfono nueve uno uno dos tres cuatro cinco seis siete'],
  ['pt-BR', '2 colheres, 1/2 xícara', 'duas colheres meia xícara'],
  ['it', 'il 5° posto a 45° di latitudine', 'il quinto posto a quarantacinque gradi di latitudine'],
  ['zh-TW', '時速37.6km/h，2/14情人節', '時速三十七點六公里二月十四日情人節'],
  ['zh-TW', '去7-11買2萬元的4K電視，-10度', '去seven eleven買兩萬元的四K電視零下十度'],
  ['zh-CN', '身高180cm，60km/h，5kg', '身高一百八十厘米每小时六十公里五公斤'],
];
