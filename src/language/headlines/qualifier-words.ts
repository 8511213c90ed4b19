/**
 * Words that change the meaning of the words around them. By primary language subtag, in lower case; `_` joins the words
 * of a phrase.
 *
 * DENIALS: what follows is not claimed to be so: negations, conditions, possibilities, hearsay, "only", "few".
 * LIMITS: what precedes is not claimed without them: comparisons, exceptions, contrasts.
 */
const DENIALS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: list(`no not never neither nor none nobody nothing nowhere without hardly barely scarcely rarely seldom cannot
    fail fails failed deny denies denied refuse refuses refused lack lacks lacked doubt doubts doubted forbid forbids
    forbidden ban bans banned prohibit prohibits prohibited avoid avoids avoided false untrue myth hoax if unless whether
    may might could would perhaps maybe possibly alleged allegedly supposed supposedly reportedly rumour rumours rumor
    rumors only few fewer`),
  de: list(`nicht nichts nie niemals niemand nirgends nirgendwo keinerlei keineswegs mitnichten kein keine keinen keinem keiner keines ohne kaum weder selten
    bestreitet bestreiten bestritt bestritten leugnet leugnen leugnete verweigert verweigerte verboten verbietet falsch
    unwahr mythos gerücht gerüchte wenn falls ob könnte könnten würde würden dürfte dürften möglicherweise vielleicht
    angeblich vermutlich soll sollen sei seien nur lediglich wenige`),
  fr: list(`ne pas guère nullement jamais rien aucun aucune sans ni nie nient nié refuse refusent refusé doute doutent interdit interdite
    interdits faux fausse mythe rumeur rumeurs si s'il s'ils pourrait pourraient peut_être serait seraient aurait auraient
    prétendu prétendue prétendument seul seule seuls seules seulement peu`),
  es: list(`no nunca jamás nadie nada ningún ninguna ninguno ni sin apenas tampoco niega niegan negó negaron rechaza
    rechazó duda dudan prohibido prohibida prohíbe falso falsa mito rumor rumores si podría podrían quizá quizás tal_vez
    habría habrían sería serían supuesto supuesta supuestamente presunto presunta solo sólo solamente únicamente pocos
    pocas`),
  pt: list(`não nunca jamais ninguém nada nenhum nenhuma nem sem nega negam negou negaram recusa recusou duvida duvidam
    proibido proibida falso falsa mito boato boatos poderia poderiam pode podem talvez seria seriam teria teriam suposto
    suposta supostamente só apenas somente poucos poucas`),
  it: list(`non mai neppure nemmeno neanche nessun nessuno nessuna niente nulla né senza nega negano negò negato rifiuta rifiutò dubita dubitano
    vietato vietata vieta falso falsa mito leggenda se potrebbe potrebbero forse sarebbe sarebbero avrebbe avrebbero
    presunto presunta solo soltanto solamente pochi poche`),
};

const LIMITS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: list(`than except until but though although however when once otherwise provided instead unlike claim claims claimed
    according_to less`),
  de: list('außer bis aber obwohl jedoch sondern laut sofern solange weniger bevor'),
  fr: list('sauf mais quand lorsque selon quoique pourtant cependant moins jusqu'),
  es: list('excepto salvo pero aunque cuando hasta según menos sino'),
  pt: list('exceto salvo mas embora quando até segundo menos senão'),
  it: list('tranne eccetto ma sebbene quando fino secondo meno anziché'),
};

/**
 * Words with a character of negation that deny nothing come first, so that they are not read as denials. In
 * "什麼調味料都不用" the denial begins at "什麼".
 */
const CHINESE =
  /[分區区級级性類类個个特告][別别]|[別别][墅人的]|不[同斷断少久過过管論论只僅仅但鏽锈丹]|差不多|不得不|未[來来]|非[常洲]|[無无][論论線线數数限]|若干|是否|[一二三四五六七八九十百千萬万兩两幾几\d]只|(?<denial>[不沒没未別别勿非無无若僅仅只]|禁止|否[認认]|拒[絕绝]|[懷怀]疑|[謠谣]言|[據据][說说]|[聽听][說说]|[傳传][言聞闻]|差[點点]|[險险]些|可能|或[許许]|也[許许]|恐怕|如果|要是|假如|[萬万]一|(?:[什甚][麼么]|任何)(?=[^，。！？；、\s]{1,10}?[都也][不沒没別别])|少[數数]|很少|以[為为])|(?<limit>但|[卻却]|[雖虽]然|除了|比|直到|根[據据]|少[於于])/gu;

/** True for the languages whose qualifier words are known. */
export function hasQualifierWords(base: string): boolean {
  return base === 'zh' || DENIALS[base] !== undefined;
}

/** What a word or phrase does, in lower case with straight apostrophes and `_` between words. */
export function qualifierKindOf(folded: string, base: string): 'denial' | 'limit' | undefined {
  if (DENIALS[base]?.has(folded)) return 'denial';
  if (LIMITS[base]?.has(folded)) return 'limit';
  if (base === 'en' && folded.endsWith("n't")) return 'denial';
  if (base === 'fr' && folded.startsWith("n'")) return 'denial';
  return undefined;
}

/** The qualifier words of a Chinese text, in both scripts; offsets are UTF-16 units. */
export function* chineseQualifiers(text: string): Generator<{ start: number; end: number; denies: boolean }> {
  for (const { 0: word, index, groups } of text.matchAll(CHINESE)) {
    const denies = groups?.['denial'] !== undefined;
    if (denies || groups?.['limit'] !== undefined) yield { start: index, end: index + word.length, denies };
  }
}

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
