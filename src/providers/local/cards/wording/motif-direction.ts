import { searched, wordCount } from '../look/word-search.ts';
import type { Motif } from './motif-signs.ts';

/** Subjects that have an amount, whose icon would show a rise or nothing of a fall. */
const AMOUNTS: ReadonlySet<Motif> = new Set(['chart-line', 'trend-up', 'coins', 'percent']);
/** Words of amounts that become less, by language (primary subtag), see `wordCount`. */
const FALLING: Readonly<Record<string, string>> = {
  en: 'fell fall falls fallen falling drop drops dropped dropping decline* sank sink sinks sinking plunge* plummet* slump* tumble* slid decrease* shrank shrink*',
  de: 'fiel fielen fallt fallen gefallen sank sanken sinkt sinken gesunken einbruch eingebrochen ruckgang* sturzte sturzten absturz* schrumpf* nachgegeben billiger',
  fr: 'baisse baisses baissent baisser baissait chute chutes chuter chutent recul reculs recule reculent diminu* tombe tombes tombent degringol* plonge*',
  es: 'cayo cayeron cae caen caer caida caidas bajo bajaron baja bajan bajada* descend* desplom* retroced* disminu*',
  pt: 'caiu cairam cai caem cair queda quedas baixou baixaram baixa recuou recuaram recuo desceu desceram despenc* desvaloriz* diminu*',
  it: 'cala calano calo calato calati calata calate cadut* scende scendono scendere sceso scesa scesi scese crollo crolla crollat* ribasso diminu* flessione cedut*',
  zh: '跌 下降 降到 降至 下滑 滑落 減少 减少 衰退 賣超 卖超 走低 縮水 缩水',
};
const LOSING: Readonly<Record<string, string>> = {
  en: 'lost lose loses losing loss losses',
  de: 'verlor verloren verliert verlieren verlust verluste verlusten',
  fr: 'perd perdu perdus perdent perdit perdre perte pertes',
  es: 'perdio perdieron pierde pierden perder perdido perdida perdidas',
  pt: 'perdeu perderam perde perdem perder perdido perda perdas prejuizo*',
  it: 'perde perdono perdere perso persi persa perse perdita perdite',
  zh: '虧損 亏损 損失 损失',
};
const RISING: Readonly<Record<string, string>> = {
  en: 'rose rise rises risen rising grew grow grows grown growing gain* climb* increas* jump*',
  de: 'stieg stiegen steigt steigen gestiegen anstieg wuchs wachst wachsen gewachsen zugelegt gewann gewonnen gewinn* erhoh*',
  fr: 'hausse* augment* monte montent monter grimp* progress* gagn*',
  es: 'subio subieron sube suben subir subida* aument* crecio crecieron crece crecen gano ganaron gana ganan',
  pt: 'subiu subiram sobe sobem subir alta altas aument* cresceu cresceram cresce crescem ganhou ganho*',
  it: 'salito salita saliti salite sale salgono salire sali aument* cresce crescono cresciut* guadagn* rialzo',
  zh: '漲 涨 增長 增长 成長 成长 年增 上升 增加 賺 赚',
};
/** Beside it, a company is named in passing. */
const MONEY = /[$€£¥%]|\d\s?元/u;
/** A sum that a person does not simply have in a purse. */
const LARGE = /%|\d\s?M€|(?<!\p{L})(?:milli|million|Mio|Mrd|milia|milh|bilh|mill|billion|miliard)|[萬万億亿]/u;

/**
 * The motif of an asserted text, as a falling line where it is of an amount that only falls: "The index fell", "Les prix
 * baissent". A loss counts for a price or an index, or if the sum is large: a child may lose five euros.
 */
export function withDirection(motif: Motif, text: string, base: string): Motif {
  const isPriced = motif === 'briefcase' && MONEY.test(text);
  if (!AMOUNTS.has(motif) && !isPriced) return motif;
  const read = searched(text);
  const has = (table: Readonly<Record<string, string>>): boolean => wordCount(read, table[base] ?? '') > 0;
  const canLose = motif === 'chart-line' || LARGE.test(text);
  return (has(FALLING) || (canLose && has(LOSING))) && !has(RISING) ? 'trend-down' : motif;
}
