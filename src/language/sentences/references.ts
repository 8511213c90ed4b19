import { normalized } from '../../unicode.ts';
import type { Language } from '../language.ts';
import { isStopWord } from '../words/stop-words.ts';
import { wordsOf } from '../words/words.ts';

/** Words that refer back if they are among the first grammar words of a sentence. Lower case. */
const POINTING: Readonly<Record<string, ReadonlySet<string>>> = {
  en: set(`he she it they him them his her hers its their theirs this that these those such however but and or nor yet so
    then therefore thus hence moreover furthermore also too instead otherwise meanwhile besides nevertheless nonetheless
    consequently accordingly similarly likewise conversely finally afterwards later another both former latter second
    secondly third thirdly neither either it's that's they're he's she's here there's alternatively still besides`),
  de: set(`er sie es ihm ihn ihnen ihr ihre ihrem ihren ihrer sein seine seinem seinen seiner dies diese diesem diesen dieser
    dieses das solche solcher solches jedoch aber doch und oder sondern denn dann daher deshalb deswegen darum somit folglich
    also außerdem zudem ferner auch stattdessen sonst andernfalls inzwischen trotzdem dennoch dabei dadurch damit dafür dagegen
    danach davon dazu darin daran darauf daraus darüber dort hier schließlich zweitens drittens ebenso beide beides dessen deren`),
  fr: set(`il elle ils elles lui leur leurs son sa ses ce cet cette ces cela ça c' ceci celui celle ceux celles tel telle mais et
    ou or donc car ainsi alors puis ensuite cependant toutefois pourtant néanmoins aussi enfin or sinon autrement d'ailleurs
    c'est c'était là ici y en ceux-ci celui-ci celle-ci deuxièmement troisièmement finalement également`),
  es: set(`él ella ellos ellas lo le les su sus este esta estos estas ese esa esos esas esto eso aquello aquel aquella tal
    tales pero y e o sino pues así entonces luego después además también tampoco sin embargo no obstante por tanto aunque
    finalmente segundo tercero mientras allí aquí ambos ambas ello`),
  pt: set(`ele ela eles elas lhe seu sua seus suas este esta estes estas esse essa esses essas isto isso aquilo aquele aquela tal
    tais mas e ou porém contudo todavia entretanto então assim logo depois além também portanto finalmente segundo terceiro
    enquanto ali aqui ambos ambas nele nela deles delas dele dela disso nisso`),
  it: set(`egli ella lui lei essi esse loro esso essa suo sua suoi sue questo questa questi queste quello quella quelli quelle ciò
    tale tali ma però e o tuttavia dunque quindi allora poi inoltre anche infatti perciò così invece altrimenti infine secondo
    terzo intanto lì là qui entrambi ne`),
};

/** Phrases that refer to the previous sentence, though no single word of them does. */
const PHRASES: Readonly<Record<string, RegExp>> = {
  en: /^(?:for (?:example|instance|one thing)|as a (?:result|consequence)|in (?:contrast|addition|other words|turn|fact|short)|on the (?:other hand|contrary)|of course|not only|even so|after all|the (?:same|other|others|first|second|third|reason|cause|result|answer|opposite|effect|difference|former|latter|problem|idea|process|solution|change)\b)/iu,
  de: /^(?:zum beispiel|z\. ?b\.|im gegen(?:satz|teil)|auf der anderen seite|mit anderen worten|der grund|das ergebnis)/iu,
  fr: /^(?:par (?:exemple|conséquent|contre|ailleurs)|en (?:effet|revanche|outre|d'autres termes|fait)|d['’](?:autre part|ailleurs|abord)|de (?:plus|même)|à l['’]inverse|au contraire)/iu,
  es: /^(?:por (?:ejemplo|eso|ello|(?:lo )?tanto|otra parte|el contrario)|sin embargo|no obstante|en (?:cambio|consecuencia|otras palabras)|de hecho|a su vez|es decir|al contrario)/iu,
  pt: /^(?:por (?:exemplo|isso|outro lado|conseguinte)|no entanto|em (?:contraste|consequência|outras palavras)|de facto|de fato|pelo contrário|ou seja|por sua vez)/iu,
  it: /^(?:per (?:esempio|questo|contro)|ad esempio|d['’]altra parte|al contrario|in (?:altre parole|effetti|realtà)|di conseguenza|a sua volta|cioè)/iu,
};

/** Words that refer back at any position. */
const LINKING: Readonly<Record<string, RegExp>> = {
  en: /\b(?:(?:\d[\d,.]{0,12}|half|most|many|some|all|none|few|one|two|three|four|both|each|any) of (?:them|these|those|which|the (?:two|three|four|five|six))|(?:(?:at|in|during|before|after|since|by|until) (?:that|this|the same) (?:time|period|day|year|moment|point|night|week|month))|(?:by|since|until|from) then|(?:do|does|did|said|says|doing) so|(?:the|two|three|four|many|some|all) others|therefore|however|thus|hence|instead|consequently|nevertheless|in turn|there(?! (?:is|are|was|were|has|have|will be|can be|may be|must be|seems?|remains?|exists?)\b))\b/iu,
  de: /(?<!\p{L})(?:davon|bis dahin|seitdem|seither|damals|von (?:ihnen|diesen|denen)|(?:in|zu|während|seit|nach|vor) (?:dieser|jener|diesem|jenem) (?:zeit|zeitraum|jahr|tag|moment)|daher|deshalb|jedoch|dagegen|hingegen|folglich|demnach|dennoch|trotzdem)(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:(?:pendant|durant|depuis|après|avant|à|en) ce(?:tte)? (?:temps|période|époque|moment|jour|année)|depuis lors|dès lors|d['’]ici là|d['’]entre (?:eux|elles)|donc|cependant|pourtant|toutefois|en revanche)(?!\p{L})/iu,
  es: /(?<!\p{L})(?:(?:durante|en|desde|hasta|por) (?:ese|esa|este|esta|aquel|aquella) (?:tiempo|período|periodo|época|momento|día|año)|(?:desde|hasta) entonces|de (?:ellos|ellas|estos|estas|esos|esas)|sin embargo|por (?:lo )?tanto|en cambio|no obstante)(?!\p{L})/iu,
  pt: /(?<!\p{L})(?:(?:durante|em|desde|até) (?:esse|essa|este|esta|aquele|aquela) (?:tempo|período|época|momento|dia|ano)|desde então|até (?:então|lá)|del[ea]s|portanto|porém|contudo|no entanto|por isso)(?!\p{L})/iu,
  it: /(?<!\p{L})(?:(?:in|durante|da|fino a) (?:quel|quella|questo|questa) (?:tempo|periodo|epoca|momento|giorno|anno)|(?:da|fino ad) allora|di (?:loro|essi|esse|questi|queste|quelli|quelle)|quindi|perciò|tuttavia|dunque|pertanto|invece)(?!\p{L})/iu,
  zh: /^.{0,8}(?:另(?:外?[一兩两有]|[外個个位])(?!方面)|那段|那時|那时|此期間|此期间|此時|此时|其中|另外[一兩两]|有[兩两三四五幾几][個个位](?=[来來是在去])|[卻却]|因此|所以|[則则](?!是))/u,
};

/** A quantifier without a noun: "Some did not return." */
const ALONE =
  /^(?:some|many|most|few|others|several|all|none|one|two|three|\d[\d,.]*) (?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|came|went|died|did|say|said)\b/iu;

const CHINESE =
  /^[「『“（]?(?:[他她它牠]|[這这那該该此][^方時时]|[這这那]|這[時时]|因此|所以|於是|于是|但是?|然而|不[過过]|可是|而[且是]?|[並并]且?|同[時时]|另外|另一方面|此外|例如|比如|譬如|比方|其[中次餘他实實]|其(?![他])|再者|接[著着]|然[後后]|最[後后]|否[則则]|[則则]|反之|反[過过][來来]|反而|相反|相[較较]之下|[換换]句[話话]說?说?|[總总]之|同[樣样]|[後后]者|前者|如此|也(?!門|门)|[還还]|[雖虽]然如此|[儘尽]管如此|原因|[結结]果|[兩两]者|第[二三四五六七八九]|甚至|尤其|只是|[後后][來来]|[當当][時时])/u;

/**
 * True if a sentence refers to the previous one ("He …", "However, …", "因此…") and is not understandable without it.
 * Uncertain cases count as dependent: the only cost is that two sentences stay together.
 */
export function dependsOnPrevious(sentence: string, language: Language): boolean {
  const text = sentence.trim();
  if (LINKING[language.base]?.test(text)) return true;
  if (language.base === 'zh') return CHINESE.test(text);
  const pointing = POINTING[language.base];
  if (!pointing) return false;
  if (language.base === 'en' && ALONE.test(text)) return true;
  if (/^\p{Ll}/u.test(text) || PHRASES[language.base]?.test(text.replace(/^\P{L}+/u, ''))) return true;
  for (const word of openingGrammar(text, language)) if (pointing.has(word)) return true;
  return false;
}

/** The grammar words at the beginning of a sentence, at most four: "Because of this, tides …" → because, of, this. */
function* openingGrammar(text: string, language: Language): Generator<string> {
  for (const word of wordsOf(text, language).slice(0, 4)) {
    const folded = normalized(word.text, 'NFKC').toLocaleLowerCase(language.tag).replaceAll('’', "'");
    const grammar = isStopWord(folded, language) || POINTING[language.base]?.has(folded) === true;
    if (!grammar) return;
    yield folded;
  }
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
