/** Texts in which `|` marks each end of a sentence, by language. */
export const SENTENCES: readonly (readonly [language: string, marked: string])[] = [
  ['en', 'See https://example.com/a_b?x=1&y=2 and me@example.com.| Go.'],
  ['en', 'On Jan. 5, NASA launched a probe.| On Dec. 20, Boeing engineers found a leak in a valve.'],
  ['en', 'We met at 5 p.m.| Birds sang.| At 9 a.m. Monday it rained.| It was 3 p.m. EST in May.'],
  ['en', 'The bridge is old.[1]| It crosses the river.[2][3]| It is long.'],
  ['en', 'It was hot.|The road was empty.| Read server.keepAliveTimeout on example.com now.'],
  ['en', 'Mr. Smith of St. Louis met Gov. Lee on Mon. 3 May.| They ate apples, pears, etc.| Nobody paid.'],
  ['en', 'See Fig. 3 and pp. 12 ff. of vol. 2.| It weighs approx. 5 lbs. and costs $5.| Done.'],
  ['en', 'She works at Apple Inc. in the U.S. and reads J. R. R. Tolkien.| No. 5 is odd.'],
  ['en', 'He said no.| Then he left.| Is it in?| It is.| All of it.'],
  [
    'de',
    'Das kostet ca. 12,4 Mrd. Euro, d. h. viel.| Am 3. Oktober kam Frau Dr. Klein.| Er aß Äpfel, Birnen usw.| Dann ging er.',
  ],
  ['de', 'Im 19. Jahrhundert lebte Friedrich II. von Preußen.| Nr. 5 lebt.| Das war am Mo., dem 5. Jan. 2027.| Gut.'],
  ['de', 'Es kamen rd. 300 Gäste, darunter Jutta v. Thaden.| Wind u. Wasser schadeten gem. Gutachten nie.'],
  ['de', 'Sie wurde am 3. 4. 1887 in Kiel geboren.| Am 5. 6. 1961 Kiel besucht.| Zutaten für 4 Pers.| Das reicht.'],
  ['fr', 'M. Dupont et Mme Roy arrivent à 5 h.| Le XXIe s. commence.| Voir p. 12, par ex. ici.| Fin.'],
  ['es', 'El Sr. Ruiz y la Sra. Paz viven en EE. UU. desde 1990.| Son las 5 p. m.| Llueve.'],
  ['pt', 'O Sr. Silva e a Dra. Paz moram na Av. Brasil.| Chove.| São 3 h.'],
  ['it', 'Il card. Bo parlò dell’ing. Sala e dell’avv. Neri.| Poi piovve.'],
  ['it', 'Il sig. Rossi e il dott. Verdi vivono a Roma dal 1990.| Piove.| Ecc. ecc.'],
  ['zh-TW', '他在3.5公里外。|她說：「走吧！」|然後離開了。'],
  ['zh-CN', '夏天到了\n|知了在树上唱歌'],
];

/** What must not be torn in a text, by language. */
export const UNBREAKABLE: readonly (readonly [language: string, text: string, spans: readonly string[]])[] = [
  ['en', 'Then Mr. Smith met Dr. Who in St. Louis.', ['Mr. Smith', 'Dr. Who', 'St. Louis.']],
  ['en', 'J. K. Rowling paid EUR 250,000 on Jan. 5, 2027.', ['J. K. Rowling', 'EUR 250,000', 'Jan. 5, 2027.']],
  ['en', 'At 5 p.m. we ate 250 g of No. 7, and 40 % was left.', ['5 p.m.', '250 g', 'No. 7', '40 %']],
  ['en', 'It cost $1.5 billion in World War II, on page 12.', ['$1.5 billion', 'War II', 'page 12.']],
  ['en', 'It was 9 °C at 10 km/h, and 3 million people came.', ['9 °C', '10 km/h', '3 million']],
  [
    'de',
    'Am 3. Oktober kostete es ca. 12,4 Mrd. €, z. B. bei Dr. Klein.',
    ['3. Oktober', 'ca. 12,4 Mrd. €', 'z. B.', 'Dr. Klein.'],
  ],
  ['de', 'Im 19. Jahrhundert, d. h. vor 1900, wog es 5 kg.', ['19. Jahrhundert', 'd. h.', '5 kg.']],
  ['de', 'Am 3. 4. 1887 kamen rd. 300 in 2. Klasse.', ['3. 4. 1887', 'rd. 300', '2. Klasse.']],
  ['fr', 'M. Dupont paie 12 000 € à 16 h 30, p. ex. ici.', ['M. Dupont', '12 000 €', '16 h 30', 'p. ex.']],
  ['es', 'El Sr. Ruiz pagó 3,5 millones en EE. UU. a las 5 p. m.', ['Sr. Ruiz', '3,5 millones', 'EE. UU.', '5 p. m.']],
  ['es', 'El gol n.º 100 fue el del nº 7.', ['n.º 100', 'nº 7.']],
  ['pt', 'O Sr. Silva pagou R$ 50 por 2 kg.', ['Sr. Silva', 'R$ 50', '2 kg.']],
  ['it', 'Disse il card. Bo a casa dell’ing. Sala.', ['card. Bo', 'dell’ing. Sala.']],
  ['it', 'Il sig. Rossi ha pagato 12 € per 3 kg.', ['sig. Rossi', '12 €', '3 kg.']],
  ['zh-TW', '他跑了 3.5 公里，花了 NT$ 1,050 元。', ['3.5 公里', 'NT$ 1,050 元']],
];
