import type { GeoPoint } from '../../../../overlays/overlay.ts';

/** A city that is known all over the world. */
export interface City {
  readonly country: string;
  readonly point: GeoPoint;
  /** By the table's language: its names, separated by "/". */
  readonly names: Readonly<Record<string, string>>;
}

const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'it', 'zh-TW', 'zh-CN'];

/** Country, degrees north and east, and names in the order of LANGUAGES; an empty one means something else there. */
const ROWS = [
  'NL|52.4,4.9|Amsterdam|Amsterdam|Amsterdam|Ámsterdam|Amsterdã/Amesterdão|Amsterdam|阿姆斯特丹|阿姆斯特丹',
  'GR|38.0,23.7|Athens|Athen|Athènes|Atenas|Atenas|Atene|雅典|雅典',
  'TH|13.8,100.5|Bangkok|Bangkok|Bangkok|Bangkok|Bangkok/Banguecoque|Bangkok|曼谷|曼谷',
  'ES|41.4,2.2|Barcelona|Barcelona|Barcelone|Barcelona|Barcelona|Barcellona|巴塞隆納|巴塞罗那',
  'CN|39.9,116.4|Beijing|Peking|Pékin|Pekín|Pequim|Pechino|北京|北京',
  'DE|52.5,13.4|Berlin|Berlin|Berlin|Berlín|Berlim|Berlino|柏林|柏林',
  'CO|4.7,-74.1|Bogotá|Bogotá|Bogota/Bogotá|Bogotá|Bogotá|Bogotà|波哥大|波哥大',
  'BE|50.85,4.35|Brussels|Brüssel|Bruxelles|Bruselas|Bruxelas|Bruxelles|布魯塞爾|布鲁塞尔',
  'HU|47.5,19.0|Budapest|Budapest|Budapest|Budapest|Budapeste|Budapest|布達佩斯|布达佩斯',
  'AR|-34.6,-58.4|Buenos Aires|Buenos Aires|Buenos Aires|Buenos Aires|Buenos Aires|Buenos Aires|布宜諾斯艾利斯|布宜诺斯艾利斯',
  'EG|30.0,31.2|Cairo|Kairo||El Cairo|Cairo|Cairo|開羅|开罗',
  'AU|-35.3,149.1|Canberra|Canberra|Canberra|Canberra|Camberra|Canberra|坎培拉|堪培拉',
  'VE|10.5,-66.9|Caracas|Caracas|Caracas|Caracas|Caracas|Caracas|卡拉卡斯|加拉加斯',
  'DK|55.7,12.6|Copenhagen|Kopenhagen|Copenhague|Copenhague|Copenhague|Copenaghen|哥本哈根|哥本哈根',
  'IN|28.6,77.2|New Delhi/Delhi|Neu-Delhi/Delhi|New Delhi/Delhi|Nueva Delhi/Delhi|Nova Délhi/Délhi|Nuova Delhi/Delhi|新德里|新德里',
  'IE|53.3,-6.3|Dublin|Dublin|Dublin|Dublín|Dublin|Dublino|都柏林|都柏林',
  'VN|21.0,105.8|Hanoi|Hanoi|Hanoï|Hanói|Hanói|Hanoi||',
  'CU|23.1,-82.4|Havana|Havanna|La Havane|La Habana|Havana|Avana|哈瓦那|哈瓦那',
  'FI|60.2,24.9|Helsinki|Helsinki|Helsinki|Helsinki|Helsinque/Helsínquia|Helsinki|赫爾辛基|赫尔辛基',
  'HK|22.3,114.2|Hong Kong|Hongkong|Hong Kong|Hong Kong|Hong Kong|Hong Kong|香港|香港',
  'TR|41.0,29.0|Istanbul|Istanbul|Istanbul|Estambul|Istambul|Istanbul|伊斯坦堡|伊斯坦布尔',
  'ID|-6.2,106.8|Jakarta|Jakarta|Jakarta|Yakarta|Jacarta|Giacarta|雅加達|雅加达',
  'NP|27.7,85.3|Kathmandu|Kathmandu|Katmandou|Katmandú|Katmandu|Kathmandu|加德滿都|加德满都',
  'UA|50.45,30.5|Kyiv/Kiev|Kiew/Kyjiw|Kiev/Kyiv|Kiev|Kiev/Kyiv|Kiev|基輔|基辅',
  'JP|35.0,135.8|Kyoto|Kyoto|Kyoto|Kioto|Quioto|Kyoto|京都|京都',
  'NG|6.5,3.4|Lagos|Lagos|Lagos|||Lagos|拉哥斯|拉各斯',
  'PE|-12.0,-77.0|Lima|Lima|Lima|Lima|Lima|Lima|利馬|利马',
  'PT|38.7,-9.1|Lisbon|Lissabon|Lisbonne|Lisboa|Lisboa|Lisbona|里斯本|里斯本',
  'GB|51.5,-0.1|London|London|Londres|Londres|Londres|Londra|倫敦|伦敦',
  'ES|40.4,-3.7|Madrid|Madrid|Madrid|Madrid|Madri/Madrid|Madrid|馬德里|马德里',
  'PH|14.6,121.0|Manila|Manila|Manille|Manila|Manila|Manila|馬尼拉|马尼拉',
  'MA|31.6,-8.0|Marrakesh|Marrakesch|Marrakech|Marrakech|Marraquexe|Marrakech|馬拉喀什|马拉喀什',
  'MX|19.4,-99.1|Mexico City|Mexiko-Stadt|Mexico|Ciudad de México|Cidade do México|Città del Messico|墨西哥城|墨西哥城',
  'RU|55.8,37.6|Moscow|Moskau|Moscou|Moscú|Moscou/Moscovo|Mosca|莫斯科|莫斯科',
  'IN|19.1,72.9|Mumbai|Mumbai|Mumbai/Bombay|Bombay|Mumbai|Mumbai|孟買|孟买',
  'DE|48.1,11.6|Munich|München|Munich|Múnich|Munique|Monaco di Baviera|慕尼黑|慕尼黑',
  'KE|-1.3,36.8|Nairobi|Nairobi|Nairobi|Nairobi|Nairóbi|Nairobi|奈洛比|内罗毕',
  'US|40.7,-74.0|New York City/New York|New York|New York|Nueva York|Nova York/Nova Iorque|New York|紐約|纽约',
  'JP|34.7,135.5|Osaka|Osaka|Osaka|Osaka|Osaka|Osaka|大阪|大阪',
  'NO|59.9,10.8|Oslo|Oslo|Oslo|Oslo|Oslo|Oslo|奧斯陸|奥斯陆',
  'CA|45.4,-75.7|Ottawa|Ottawa|Ottawa|Ottawa|Ottawa|Ottawa|渥太華|渥太华',
  'FR|48.9,2.35|Paris|Paris|Paris|París|Paris|Parigi|巴黎|巴黎',
  'CZ|50.1,14.4|Prague|Prag|Prague|Praga|Praga|Praga|布拉格|布拉格',
  'EC|-0.2,-78.5|Quito|Quito|Quito|Quito|Quito|Quito|基多|基多',
  'IS|64.1,-21.9|Reykjavík/Reykjavik|Reykjavík/Reykjavik|Reykjavik|Reikiavik|Reykjavik|Reykjavík|雷克雅維克|雷克雅未克',
  'BR|-22.9,-43.2|Rio de Janeiro|Rio de Janeiro|Rio de Janeiro|Río de Janeiro|Rio de Janeiro|Rio de Janeiro|里約熱內盧|里约热内卢',
  'IT|41.9,12.5|Rome|Rom|Rome|Roma|Roma|Roma|羅馬|罗马',
  'BR|-23.6,-46.6|São Paulo|São Paulo|São Paulo|São Paulo|São Paulo|San Paolo|聖保羅|圣保罗',
  'KR|37.6,127.0|Seoul|Seoul|Séoul|Seúl|Seul|Seul|首爾|首尔',
  'CN|31.2,121.5|Shanghai|Shanghai|Shanghai|Shanghái|Xangai|Shanghai|上海|上海',
  'SE|59.3,18.1|Stockholm|Stockholm|Stockholm|Estocolmo|Estocolmo|Stoccolma|斯德哥爾摩|斯德哥尔摩',
  'AU|-33.9,151.2|Sydney|Sydney|Sydney|Sídney|Sydney|Sydney|雪梨|悉尼',
  'TW|25.0,121.5|Taipei|Taipeh|Taipei|Taipéi|Taipé|Taipei|台北/臺北|台北',
  'IR|35.7,51.4|Tehran|Teheran|Téhéran|Teherán|Teerã/Teerão|Teheran|德黑蘭|德黑兰',
  'JP|35.7,139.7|Tokyo|Tokio|Tokyo|Tokio|Tóquio|Tokyo|東京|东京',
  'CA|43.7,-79.4|Toronto|Toronto|Toronto|Toronto|Toronto|Toronto|多倫多|多伦多',
  'IT|45.4,12.3|Venice|Venedig|Venise|Venecia|Veneza|Venezia|威尼斯|威尼斯',
  'AT|48.2,16.4|Vienna|Wien|Vienne|Viena|Viena|Vienna|維也納|维也纳',
  'PL|52.2,21.0|Warsaw|Warschau|Varsovie|Varsovia|Varsóvia|Varsavia|華沙|华沙',
  'CH|47.4,8.5|Zurich|Zürich|Zurich|Zúrich|Zurique|Zurigo|蘇黎世|苏黎世',
];

export const CITIES: readonly City[] = ROWS.map((row) => {
  const [country = '', place = '', ...names] = row.split('|');
  const [latitude = 0, longitude = 0] = place.split(',').map(Number);
  const named = LANGUAGES.map((language, index) => [language, names[index] ?? '']).filter(([, name]) => name !== '');
  return { country, point: { latitude, longitude }, names: Object.fromEntries(named) };
});
