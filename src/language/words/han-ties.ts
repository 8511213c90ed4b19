/** A part of a text that the word segmenter of Unicode gives, as far as it is needed here. */
export interface Segment {
  readonly segment: string;
  /** UTF-16 offset in the text. */
  readonly index: number;
}

/** A segment with Chinese characters, or a number beside one. */
interface Token {
  readonly text: string;
  readonly start: number;
}

const NUMERIC = /[\p{Nd}½¼¾⅓⅔]/u;
const HAN = /\p{Script=Han}/u;
/** A number: "6", "一百", "每三", "第2", "几百", "另一". */
const NUMBER = /^[每第这這那了之另同某任]?[〇零一二两兩三四五六七八九十百千万萬亿億几幾数數半]{1,12}$|[\p{Nd}½¼¾⅓⅔]$/u;
const NUMERAL_BEGINS = /^[〇零一二两兩三四五六七八九十百千万萬亿億\p{Nd}½¼¾⅓⅔]/u;
/** A measure word, also with its number in one segment: "三本", "一杯". What is counted follows it. */
const MEASURE =
  /^[每第这這那另同某任]?([〇零一二两兩三四五六七八九十百千万萬亿億几幾数數半]{0,12})[个個本杯只隻条條张張件块塊位名台臺辆輛座栋棟间間支枝把根片颗顆粒朵棵匹双雙副份盒瓶袋包碗盘盤桶首篇部封句种種类類项項组組群批架艘节節段笔筆滴束盏盞扇幅枚口道頓顿場场趟陣阵層层檔档屆届輪轮家]$/u;
/** The first character of a word that counts nothing: it does not belong to the measure word before it. */
const UNCOUNTED = /^[的了是在和与與或及就都也还還又有要会會能可不没沒把被让讓从從对對向给給]/u;
/** Stays with the word before it: particles, suffixes, and places after a noun. */
const SUFFIX =
  /^[的了着著過过们們地得吗嗎呢吧啊呀嘛啦者性化率度员員馆館机機器厅廳站所部院室场場区區市县縣省国國州镇鎮村路街桥橋河湖岛島里裡内內中外上下前后後时時间間边邊业業品型式类類症病论論学學费費税稅价價店厂廠局级級线線家日股证證師师檔档船]$/u;
/** A wind after where it comes from: "东北风". */
const WIND = /^[风風]$/u;
const WIND_BEFORE = /(?:[东東南西北海陆陸山]|季|信)$/u;
/** "5到6级", "三至五天" */
const RANGE = /^[到至～~–—-]$/u;
/** Before a noun that they describe: "飞来的小|松鼠" is torn. */
const DESCRIBES = /^[大小老新舊旧高低好壞坏多少長长短]$/u;
/** After an amount: "16岁以下". */
const BOUND = /^(?:以[上下内內]|左右|之[前后後内內]|上下)$/u;
/** "下個", "上周", "下次": here the character is no place. */
const TIME_AFTER = /^(?:[个個周週次月半回季]|星期|[禮礼]拜)/u;
/** Stays with the word after it: negations, degrees, and words before a number or a measure word. */
const PREFIX =
  /(?:^[至每第各某这這那哪此该該另别別勿莫很太最更]|[不没沒未]|^(?:[没沒]有|不[会會要能得可必应應该該]|只有|[别別]再|并非|並非))$/u;
/** A day that is written in brackets after another word for it: "昨（5）日". */
const BRACKETED_DAY = /\p{Script=Han}[（(]\d{1,2}[）)]\p{Script=Han}/gu;
/** Before an amount: "零下18℃", "約13公里", "超過10%". */
const BEFORE_AMOUNT =
  /^(?:[約约近逾達达滿满]|大[約约]|[將将]近|至[少多]|最[多少高低]|不[到足]|零[上下]|超[過过]|[約约][為为]|[為为][約约]|[高低多少][於于達达]|第)$/u;
/** After a date: "1月20日起". */
const FROM_DATE = /^[起止]$/u;
const DATE_END = /[日月年號号天時时週周]$/u;
/** "很多人", "被保护的人", "沒有人": one who does what is said before. */
const PERSON_BEFORE = /(?:[的多些數数無无每]|[没沒]有|少[数數])$/u;
/** What a verb of one character achieves: "吵醒", "看完". */
const RESULT = /^[醒死壞坏掉完懂錯错破碎倒飽饱輸输贏赢斷断成]$/u;
/** Where a verb of one character puts something: "收在", "交给". */
const VERB_TARGET = /^[在給给向]$/u;
/** "-3℃～5℃", "3～5秒" */
const RANGE_OF_AMOUNTS = /[-−+]?\d[\d.,:/%‰℃℉°]{0,12}[～~–—-][-−+]?\d/gu;
/** The second part of "去不了", "看得見". */
const COMPLEMENT = /^[不得][了到见見完起动動上下开開住清懂出来來去掉着著成及]$/u;
/** The same after a verb of one character; after a noun they are verbs of their own ("天氣 不好"). */
const RARE_COMPLEMENT = /^(?:[不得][会會好过過够夠]|[起出进進回过過上下][来來去])$/u;
const PRONOUN = /^[我你您他她它牠祂咱谁誰]$/u;
/** Words of one character before which a line may end, but not after them. */
const OPENS_PHRASE =
  /^[只正都也就]在$|^[和与與或及跟把被让讓在从從对對向给給比为為以由自於于至往沿用就也都还還又才再将將已而但]$/u;
/** Before the subject of a clause: "如果你|…", "他说他|…". After any other word a pronoun may be an object. */
const BEFORE_SUBJECT =
  /^(?:如果|要是|因[为為]|所以|但是|可是|不[过過]|[虽雖]然|只要|只有|除非|直到|而且|或者|就是|[当當]|等|但|而|[说說想]|[觉覺]得|[认認以][为為]|希望|相信|知道|[发發][现現])$/u;
/** Before one to whom something is done: "給我", "告訴他". */
const BEFORE_OBJECT = /^(?:[給给把被讓让對对跟向和與与替為为比叫問问幫帮]|告[訴诉])$/u;
/** Not part of a word that the segmenter does not know. */
const STANDS_ALONE = /^[我你您他她它牠祂咱谁誰是有]$/u;

/** "9口井中的8口", "十个人里有三个", "每5人有1人", "三分之二" */
const RATIO =
  /[\d〇一二两兩三四五六七八九十百]{1,4} ?(?:\p{Script=Han}{0,3}[中裡里](?:的|就?有)? ?|分之)[\d〇一二两兩三四五六七八九十百]{1,4}(?: ?[个個人口名位家所只隻条條成])?|每 ?[\d两兩三四五六七八九十百]{1,4} ?\p{Script=Han}{1,3}?就?有 ?[\d一二两兩三四五六七八九十百]{1,4}(?: ?[个個人口名位家所只隻条條])?/gu;

/** UTF-16 units. Longer groups are not kept together, except a number with its measure word. */
const LONGEST_GROUP = 8;
const LONGEST_PHRASE = 6;
const LONGEST_WORD = 4;

interface Group {
  readonly tokens: Token[];
  length: number;
}

/**
 * The offsets, in UTF-16 units, at which a Chinese text must not be divided although the segmenter ends a word there: before
 * particles and suffixes ("净化|器"), between a verb and its complement ("去|不了"), a number, its measure word and what is
 * counted ("6|个|月"), a negation and its word, and between the characters of a word that the segmenter does not know
 * ("滤|芯"). `segments` are the words of `text` in order.
 */
export function hanTies(text: string, segments: Iterable<Segment>): ReadonlySet<number> {
  const tied = new Set<number>();
  for (const row of rowsOf(text, segments)) {
    const groups = strongGroups(row);
    for (const { tokens } of groups) for (const { start } of tokens.slice(1)) tied.add(start);
    for (const start of weakTies(groups)) tied.add(start);
    const last = row.at(-1);
    // A last line of one character looks like a mistake.
    if (last && row.length > 1 && isSingle(last.text)) tied.add(last.start);
  }
  for (const pattern of [BRACKETED_DAY, RANGE_OF_AMOUNTS, RATIO])
    for (const { 0: found, index } of text.matchAll(pattern))
      for (let inside = 1; inside < found.length; inside += 1) tied.add(index + inside);
  return tied;
}

/** Words that follow each other without punctuation, and without a space except one beside a number. */
function rowsOf(text: string, segments: Iterable<Segment>): Token[][] {
  const rows: Token[][] = [];
  let end = -1;
  for (const { segment, index } of segments) {
    if (!HAN.test(segment) && !NUMERIC.test(segment)) continue;
    const row = rows.at(-1);
    const before = row?.at(-1)?.text ?? '';
    const isNumber = NUMERIC.test(before.slice(-1)) || NUMERIC.test(segment.slice(0, 1));
    const follows = end === index || (isNumber && end === index - 1 && /[ \u00a0]/u.test(text.charAt(end)));
    if (row && follows && (HAN.test(before) || HAN.test(segment))) row.push({ text: segment, start: index });
    else rows.push([{ text: segment, start: index }]);
    end = index + segment.length;
  }
  return rows;
}

function strongGroups(row: readonly Token[]): Group[] {
  const groups: Group[] = [];
  for (const [at, token] of row.entries()) {
    const group = groups.at(-1);
    const before = row[at - 1];
    const counts = before !== undefined && NUMBER.test(before.text);
    const belongs =
      before !== undefined &&
      (counts || belongTogether(row[at - 2]?.text ?? '', before.text, token.text, row[at + 1]?.text ?? ''));
    if (group && belongs && (counts || group.length + token.text.length <= LONGEST_GROUP)) {
      group.tokens.push(token);
      group.length += token.text.length;
    } else groups.push({ tokens: [token], length: token.text.length });
  }
  return groups;
}

function belongTogether(earlier: string, left: string, right: string, later: string): boolean {
  if (PREFIX.test(left)) return true;
  // "的|人": a line that begins with one character reads as a sentence of its own.
  const isNoun = !OPENS_PHRASE.test(right) && !STANDS_ALONE.test(right) && !DESCRIBES.test(right);
  if (left === '的' && isSingle(right) && !isSingle(later) && isNoun) return true;
  if (/^[上下]$/u.test(left) && TIME_AFTER.test(right)) return true;
  // "二十三點五", "11月29日"
  if (/^[点點月]$/u.test(left) && NUMBER.test(earlier) && NUMERAL_BEGINS.test(right)) return true;
  if (RANGE.test(left) && NUMBER.test(earlier) && NUMERAL_BEGINS.test(right)) return true;
  if (BEFORE_AMOUNT.test(left) && NUMERAL_BEGINS.test(right)) return true;
  if (FROM_DATE.test(right) && DATE_END.test(left)) return true;
  if (BEFORE_OBJECT.test(left) && PRONOUN.test(right)) return true;
  if (right === '人' && PERSON_BEFORE.test(left)) return true;
  if (isVerb(left) && (RESULT.test(right) || VERB_TARGET.test(right))) return true;
  if (WIND.test(right) && WIND_BEFORE.test(left)) return true;
  if (left === '百分' || left === '百分之') return true;
  if (countsNext(earlier, left) && right.length <= 2 && !UNCOUNTED.test(right)) return true;
  if (SUFFIX.test(right)) return !(/^[上下]$/u.test(right) && TIME_AFTER.test(later));
  if (BOUND.test(right)) return true;
  if (COMPLEMENT.test(right)) return true;
  if (RARE_COMPLEMENT.test(right)) return isSingle(left) && !PRONOUN.test(left);
  return /.得$/u.test(left) && right.length <= 2;
}

/** True for a measure word with its number: "三本", or "个" after "6". */
function countsNext(earlier: string, left: string): boolean {
  const measure = MEASURE.exec(left);
  if (measure === null) return false;
  return measure[1] !== '' || left.length > 1 || NUMBER.test(earlier) || /^[每第这這那哪几幾]$/u.test(earlier);
}

/**
 * Between a single character and the group after it: they are one word, a preposition and its object, or a pronoun and what it
 * does.
 */
function weakTies(groups: readonly Group[]): number[] {
  const tied: number[] = [];
  let [length, longest] = [groups[0]?.length ?? 0, 0];
  for (const [at, group] of groups.entries()) {
    const before = groups[at - 1];
    if (before === undefined) continue;
    const own = longestTie(before, groups[at - 2], group);
    // What is tied to a preposition may go on: "在月|食时".
    longest = own === 0 ? 0 : Math.max(own, longest);
    const [first] = group.tokens;
    if (first && length + group.length <= longest) {
      tied.push(first.start);
      length += group.length;
    } else [length, longest] = [group.length, 0];
  }
  return tied;
}

/** UTF-16 units that a group may have together with the next one; 0 where they are no word or phrase. */
function longestTie({ tokens }: Group, earlier: Group | undefined, next: Group): number {
  const left = tokens.at(-1)?.text ?? '';
  const right = next.tokens[0]?.text ?? '';
  if (tokens.length > 1) return 0;
  if (PRONOUN.test(left)) {
    const isSubject = earlier === undefined || BEFORE_SUBJECT.test(earlier.tokens.at(-1)?.text ?? '');
    return isSubject ? LONGEST_PHRASE : 0;
  }
  if (OPENS_PHRASE.test(right)) return 0;
  if (OPENS_PHRASE.test(left)) return NUMERAL_BEGINS.test(right) ? LONGEST_GROUP : LONGEST_PHRASE;
  return isSingle(left) && !STANDS_ALONE.test(left) ? LONGEST_WORD : 0;
}

/** True for a character that may be a verb. */
function isVerb(text: string): boolean {
  return (
    isSingle(text) && !PRONOUN.test(text) && !OPENS_PHRASE.test(text) && !SUFFIX.test(text) && !/[請请]/u.test(text)
  );
}

function isSingle(text: string): boolean {
  return /^\p{Script=Han}$/u.test(text);
}
