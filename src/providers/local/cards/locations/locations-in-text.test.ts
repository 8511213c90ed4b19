import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../language/language.ts';
import { locationNames } from './country-names.ts';
import { locationsIn } from './locations-in-text.ts';

function shown(language: string, text: string): string[] {
  const known = languageOf(language);
  const names = locationNames(known) ?? expect.fail('no names');
  return locationsIn(text, names, known).map(({ label, country, start }) => {
    expect(text.startsWith(label.slice(0, 3), start)).toBe(true);
    return `${label} ${country}`;
  });
}

/** Language, sentence, and the places of its map. */
const PLACES: readonly (readonly [string, string, ...string[]])[] = [
  ['en', 'In Japan, more than 100 volcanoes are active.', 'Japan JP'],
  ['en', 'Coffee came from Ethiopia.', 'Ethiopia ET'],
  ['en', 'The trains of northern Italy run across Switzerland.', 'Switzerland CH'],
  ['en', 'Along the coast of Peru live millions of birds.', 'Peru PE'],
  ['en', 'It is sold in France, Germany and the Netherlands.', 'France FR', 'Germany DE', 'Netherlands NL'],
  ['en', 'In the U.S. it is not new.'],
  ['en', 'In the U.S. it is new.', 'U.S. US'],
  ['en', 'Iceland has hundreds of hot springs.', 'Iceland IS'],
  ['en', 'The first underground railway opened in London in 1863.', 'London GB'],
  ['en', 'Most of Japan’s forests grow in Japan’s mountains.', 'Japan JP'],
  ['en', 'Tea grows in Sri Lanka and in South Korea.', 'Sri Lanka LK', 'South Korea KR'],
  ['de', 'In Brasilien wächst der größte Regenwald der Erde.', 'Brasilien BR'],
  ['de', 'Der Kaffee kommt aus Äthiopien.', 'Äthiopien ET'],
  ['de', 'In der Schweiz gibt es über 1.500 Seen.', 'Schweiz CH'],
  ['de', 'Im Norden Italiens liegt der Gardasee.', 'Italien IT'],
  ['de', 'Die Küste von Peru ist trocken.', 'Peru PE'],
  ['de', 'Sie flog von Wien nach Tokio.', 'Tokio JP'],
  ['de', 'In den USA fahren viele Züge mit Diesel.', 'USA US'],
  ['de', 'Der Wein kommt aus Frankreich, Spanien und Portugal.', 'Frankreich FR', 'Spanien ES', 'Portugal PT'],
  ['fr', 'Au Japon, les trains sont très ponctuels.', 'Japon JP'],
  ['fr', 'En Islande, la plupart des maisons sont chauffées par les volcans.', 'Islande IS'],
  ['fr', 'Ce café vient du Brésil.', 'Brésil BR'],
  ['fr', 'Aux États-Unis, la culture du maïs est immense.', 'États-Unis US'],
  ['fr', 'Dans le nord de l’Italie, la neige tombe tôt.', 'Italie IT'],
  ['fr', 'La tour fut construite à Paris en 1889.', 'Paris FR'],
  ['es', 'En Japón viven más de cien millones de personas.', 'Japón JP'],
  ['es', 'En los Estados Unidos hay muchos parques.', 'Estados Unidos US'],
  ['es', 'El café llegó a Colombia en el siglo XVIII.', 'Colombia CO'],
  ['es', 'La costa de Chile mide más de cuatro mil kilómetros.', 'Chile CL'],
  ['es', 'Se cultiva en México, Guatemala y Honduras.', 'México MX', 'Guatemala GT', 'Honduras HN'],
  ['pt', 'No Japão, os trens chegam na hora.', 'Japão JP'],
  ['pt', 'Na Islândia há mais de cem vulcões.', 'Islândia IS'],
  ['pt', 'A capital da França recebe milhões de turistas.', 'França FR'],
  ['pt', 'O chá veio da China há séculos.', 'China CN'],
  ['pt', 'Nos Estados Unidos, o milho é a maior cultura.', 'Estados Unidos US'],
  ['it', 'In Giappone i treni sono puntuali.', 'Giappone JP'],
  ['it', 'Nei Paesi Bassi ci sono più biciclette che persone.', 'Paesi Bassi NL'],
  ['it', 'Il caffè arriva dal Brasile.', 'Brasile BR'],
  ['it', 'A Roma ci sono più di duemila fontane.', 'Roma IT'],
  ['it', 'Il nord dell’India è pieno di montagne.', 'India IN'],
  ['zh-TW', '在日本，火車很準時。', '日本 JP'],
  ['zh-TW', '日本的櫻花在三月開放。', '日本 JP'],
  ['zh-TW', '這種咖啡來自衣索比亞。', '衣索比亞 ET'],
  ['zh-TW', '臺灣有兩百多座高山。', '臺灣 TW'],
  ['zh-TW', '他們在法國、德國和義大利工作。', '法國 FR', '德國 DE', '義大利 IT'],
  ['zh-TW', '地鐵位於東京的市中心。', '東京 JP'],
  ['zh-CN', '在巴西，雨林每年都在缩小。', '巴西 BR'],
  ['zh-CN', '中国有五千年的历史。', '中国 CN'],
  ['zh-CN', '这种茶来自印度。', '印度 IN'],
  ['zh-CN', '他从美国回到北京。', '美国 US', '北京 CN'],
];

/** What must not become a map. */
const NOT_PLACES: readonly (readonly [string, string])[] = [
  ['en', 'French fries are popular with children.'],
  ['en', 'Put the turkey in the oven, and serve roast Turkey with gravy.'],
  ['en', 'Turkey is a popular meat in autumn.'],
  ['en', 'We got a letter from Jordan Miller.'],
  ['en', 'In Georgia Brown’s kitchen it is warm.'],
  ['en', 'In Georgia, peaches grow in long rows.'],
  ['en', 'She was proud of her fine china in the cupboard.'],
  ['en', 'There is a lot of selenium in Brazil nuts.'],
  ['en', 'Tigers do not live in Kenya.'],
  ['en', 'Do you believe in India?'],
  ['en', 'The storm crossed the Gulf of Mexico.'],
  ['en', 'The company is Japan-based.'],
  ['en', 'IN US WE TRUST'],
  ['en', 'They shopped in Paris Hilton’s store.'],
  ['en', 'The museum is in New Mexico.'],
  ['en', 'Compared to Japan, it is small.'],
  ['en', 'People in Panama hats walked by.'],
  ['en', 'The price is given in US dollars.'],
  ['de', 'Sie aßen im China-Restaurant.'],
  ['de', 'Der Italiener um die Ecke kocht gut.'],
  ['de', 'In Japan gibt es keine Bären dieser Art.'],
  ['de', 'Sie kaufte Schweizer Käse und Brüsseler Spitze.'],
  ['de', 'Frau Paris und Herr Schweiz heiraten.'],
  ['fr', 'Il regarde le Tour de France à la télévision.'],
  ['fr', 'Elle mange du chili et des pommes.'],
  ['fr', 'Grâce au Japon, le prix a baissé.'],
  ['fr', 'Les pingouins ne vivent pas en Norvège.'],
  ['fr', 'La porcelaine de chine est fragile.'],
  ['fr', 'Elle court vers Maurice avec une lettre.'],
  ['es', 'En Granada se alza la Alhambra.'],
  ['es', 'El chile es una planta picante.'],
  ['es', 'El Golfo de México es cálido.'],
  ['es', 'En Chile no hay osos.'],
  ['pt', 'O peru assado é servido no Natal.'],
  ['pt', 'O Golfo do México é quente.'],
  ['pt', 'No Japão não há leões.'],
  ['pt', 'A castanha da Índia é amarga.'],
  ['it', 'Il golfo del Messico è caldo.'],
  ['it', 'In Giappone non ci sono leoni.'],
  ['it', 'La moda di Parigi è famosa.'],
  ['it', 'A Monaco si beve molta birra.'],
  ['it', 'L’inchiostro di china è nero.'],
  ['zh-TW', '日本人喜歡吃魚。'],
  ['zh-TW', '他在日本料理店工作。'],
  ['zh-TW', '在印度洋有很多島。'],
  ['zh-TW', '美國隊長是一部電影。'],
  ['zh-TW', '在日本沒有獅子。'],
  ['zh-TW', '他們住在中國城。'],
  ['zh-CN', '他在中国银行工作。'],
  ['zh-CN', '法国菜很有名。'],
  ['zh-CN', '他喜欢学习英国文学。'],
  ['zh-CN', '船在墨西哥湾航行。'],
  ['zh-CN', '荷兰豆很好吃。'],
  ['zh-CN', '在中国没有考拉。'],
];

describe('The places of a sentence', () => {
  it.each(PLACES)('are found in %s: %s', (language, text, ...places) => {
    expect(shown(language, text)).toEqual(places);
  });

  it.each(NOT_PLACES)('are none where a name means something else, or is denied, in %s: %s', (language, text) => {
    expect(shown(language, text)).toEqual([]);
  });

  it('are not known in a language whose names are not known', () => {
    expect(locationNames(languageOf('ja'))).toBeNull();
  });

  it('have more than 230 names in each language', () => {
    for (const language of ['en', 'de', 'fr', 'es', 'pt', 'it', 'zh-TW', 'zh-CN'])
      expect(locationNames(languageOf(language))?.byName.size).toBeGreaterThan(230);
  });
});
