/**
 * Words that carry no picture: articles, pronouns, prepositions, conjunctions, auxiliaries, and the commonest adverbs.
 * By primary language subtag; Chinese has both scripts in one list.
 */
const LISTS: Readonly<Record<string, string>> = {
  en: `a an the this that these those some any each every both either neither all no not nor such same other another own
    i me my you your yours he him his she her hers it its itself we us our ours they them their theirs who whom whose which what when
    where why how there here be am is are was were been being do does did done doing have has had having will would shall
    should can could may might must let lets get gets got make makes made go goes went gone come comes came take takes took
    and or but if then else so than as because while until although though since unless whether
    of in on at to from by with without for about into onto over under after before between through during against across
    up down out off again once also just only even still yet too very more most less least much many few several
    like as one's it's don't doesn't isn't aren't can't won't that's there's we're you're they're i'm i've we've
    say says said see sees seen saw know knows knew known think thinks want wants need needs use uses used using find finds found keep keeps kept
    now today however almost always never often perhaps maybe really quite rather well back around away along
    within upon toward towards per via etc every everything something anything nothing someone everyone
    thing things way ways lot lots kind kinds one ones first last next`,
  zh: `的 了 是 在 和 與 与 或 及 而 但 但是 也 都 就 還 还 又 再 很 更 最 太 非常 不 沒 没 沒有 没有 有 會 会 能 可以 可 要 想 讓 让 使 把 被 將 将
    從 从 到 對 对 為 为 因為 因为 所以 如果 雖然 虽然 於 于 以 之 其 此 這 这 那 這個 这个 那個 那个 這些 这些 那些 我 你 您 他 她 它 我們 我们 你們 你们
    他們 他们 它們 它们 自己 什麼 什么 怎麼 怎么 如何 哪 誰 谁 個 个 一個 一个 一種 一种 種 种 一 一些 每 每個 每个 各 並 并 且 並且 并且 著 着 過 过 地 得 嗎 吗 呢 吧 啊
    裡 里 裡面 里面 中 上 下 時 时 時候 时候 後 后 前 已經 已经 正在 只 只有 只要 就是 不是 也是 都是 還是 还是 這樣 这样 那樣 那样 然後 然后 接著 接着 最後 最后 等
    來 来 去 說 说 做 用 給 给 跟 由 向 像 成 成為 成为 變 变 變成 变成 開始 开始 一起 一樣 一样 大約 大约 之後 之后 之前 可能 需要 應該 应该 通過 通过 透過 透过 例如 比如 其實 其实 非 無 无 便 卻 却 才 更是 只是 不只 這種 这种 那種 那种 成了 以後 以后 以前 走 件 只能 這是 这是 那是 它 人們 人们 許多 许多 很多`,
  de: `der die das den dem des ein eine einen einem einer eines kein keine und oder aber denn sondern wenn weil dass ob als wie
    ich du er sie es wir ihr mich dich ihn uns euch ihm ihnen mein dein sein ihr unser euer dieser diese dieses jeder jede jedes
    ist sind war waren bin bist sein hat haben hatte hatten wird werden wurde wurden kann können muss müssen soll sollen will wollen darf
    in im an am auf aus bei mit nach von vom zu zum zur über unter vor hinter zwischen durch für gegen ohne um bis seit
    nicht nur auch noch schon sehr mehr so dann da dort hier man sich was wer wo wann warum welche welcher immer wieder etwa fast`,
  fr: `le la les l' un une des du de d' au aux ce cet cette ces mon ton son ma ta sa mes tes ses notre votre leur nos vos leurs
    je tu il elle on nous vous ils elles me te se lui y en qui que qu' quoi dont où et ou mais donc or ni car si comme quand parce
    est sont était étaient être suis es sommes êtes a ont avait avaient avoir ai as avons avez fait font peut peuvent doit doivent
    dans par pour sur sous avec sans entre vers chez contre depuis pendant avant après ne pas plus moins très aussi encore déjà tout tous toute toutes
    c'est n'est qu'il qu'elle s'est même ici là alors ainsi`,
  es: `el la los las lo un una unos unas de del al a en con sin por para sobre bajo entre hacia desde hasta contra según durante
    y e o u pero sino que si porque como cuando donde quien cual cuyo yo tú él ella usted nosotros ellos ellas me te se le les nos su sus mi mis tu tus
    este esta estos estas ese esa eso esto aquel aquella es son era eran ser soy eres somos está están estaba hay ha han había haber tiene tienen puede pueden
    no ni más menos muy también ya todavía solo todo toda todos todas otro otra cada mucho muchos muy aquí allí así entonces`,
  pt: `o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela para com sem sobre sob entre até desde contra durante
    e ou mas nem que se porque como quando onde quem qual cujo eu tu ele ela você nós eles elas me te lhe nos seu sua seus suas meu minha
    este esta isto esse essa isso aquele aquela é são era eram ser sou foi foram está estão estava há tem têm tinha pode podem
    não mais menos muito também já ainda só todo toda todos todas outro outra cada muitos aqui ali assim então`,
  it: `il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal dalla dai in nel nella nei nelle
    con su sul sulla per tra fra senza e ed o ma né che se perché come quando dove chi cui quale io tu lui lei noi voi loro mi ti si ci vi ne
    suo sua suoi sue mio mia questo questa questi queste quello quella è sono era erano essere ho ha hanno aveva avere può possono deve devono
    non più meno molto anche già ancora solo tutto tutta tutti tutte altro altra ogni qui lì così allora`,
};

/** The stop words of a language, in lower case; empty for one that we have no list for. */
export function stopWordsOf(language: string): ReadonlySet<string> {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  return new Set((LISTS[primary] ?? '').split(/\s+/u).filter((word) => word !== ''));
}

const JOINTS: Readonly<Record<string, readonly string[]>> = {
  en: ['of', 'of the'],
  zh: ['的'],
  de: ['der', 'des'],
  fr: ['de', 'du', 'des', 'de la'],
  es: ['de', 'del', 'de la', 'de los'],
  pt: ['de', 'do', 'da', 'dos', 'das'],
  it: ['di', 'del', 'della', 'dei', 'delle'],
};

/** Stop words that may stand inside a phrase, such as "of" between two nouns. */
export function jointsOf(language: string): ReadonlySet<string> {
  return new Set(JOINTS[language.toLowerCase().split('-')[0] ?? ''] ?? []);
}
