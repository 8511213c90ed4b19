import type { Language } from '../language.ts';

/**
 * Words that carry grammar rather than meaning, and the emptiest verbs and adverbs. Lists of our own, kept short: what
 * is missing only costs a duller key word.
 */
const LISTS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: list(`a about above after again against all almost also although always am among an and another any anyone anything
    are aren't around as at away back be became because become becomes been before began being below better between both
    but by came can can't cannot come comes could did didn't do does doesn't doing done don't down each either else enough
    even ever every everyone everything few first for from further gave get gets getting give gives go goes going gone got
    had has have having he he's her here hers herself him himself his how however i i'd i'll i'm i've if in instead into is
    isn't it it's its itself just keep keeps kept know known last least less let let's like made make makes making many may
    maybe me mean means might more most much must my myself near need needs neither never next no nobody none nor not
    nothing now of off often on once one only onto or other others our ours out over own part per perhaps put quite rather
    really said same saw say says second see seen seem seems several shall she should since so some someone something soon
    still such take takes than that that's the their theirs them themselves then there there's therefore these they
    they're thing things think this those though three through thus to together too took toward towards two under until
    up upon us use used uses using very want wants was wasn't way ways we we'll we're we've well went were what whatever
    when where whether which while who whole whom whose why will with within without won't would yes yet you you'll you're
    your yours yourself begin begins began start starts started happen happens happened show shows shown showed follow follows
    followed turn turns turned stand stands stood bring brings ask asks tell tells told call calls called work works feel
    except nearly twice half four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundreds
    thousands millions billion million thousand hundred mr mrs ms dr st jr sr inc ltd etc p.m a.m e.g i.e
    find finds found leave leaves left look looks belong belongs end ends little half bit lot big small good bad great
    new old long today always usually`),
  de: list(`ab aber alle allem allen aller alles als also am an andere anderen anderer anderes anders auch auf aus bei beim
    bereits bin bis bist da dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus darin darüber darum das
    dass davon davor dazu dein dem den denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch
    dort du durch ein eine einem einen einer eines einfach einmal er erst es etwa etwas euch euer für ganz gar gegen geht
    gibt hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem ins
    ist ja je jede jedem jeden jeder jedes jedoch jetzt kann kein keine keinen können könnte konnte lässt man manche mehr
    mein mit muss müssen nach neben nicht nichts noch nun nur ob oben oder ohne schon sehr sein seine seinem seinen seiner
    seit selbst sich sie sind so sobald sogar solche soll sollen sollte sollten sondern sonst über um und uns unser unter
    viel viele vielen vom von vor war waren warum was wegen weil welche wenig wenn wer werden wie wieder will wir wird wo
    drei vier fünf sechs sieben acht neun zehn zwanzig dreißig hundert tausend millionen herr frau dr st mrd mio usw z.b hälfte fast kaum weder niemand nie
    wohl worden wurde wurden würde zu zum zur zwar zwei zwischen`),
  fr: list(`a à afin ai ainsi alors après as assez au aucun aucune aussi autre autres aux avant avec avoir ayant beaucoup bien
    c ça car ce ceci cela celle celles celui cependant certains ces cet cette ceux chaque chez comme comment d dans de depuis
    des deux dire dit doit donc dont du elle elles en encore enfin entre est et étaient était être eu eux fait faire faut
    fois font grâce ici il ils j jamais je jusqu jusque l la là le les leur leurs lors lorsque lui m ma mais me même mêmes
    mes moins mon n ne ni non nos notre nous on ont ou où par parce pas pendant peu peut peuvent plus plusieurs plutôt pour
    pourquoi presque puis qu quand que quel quelle quelles quelque quelques quels qui quoi s sa sans se sera ses seulement si
    sinon soit son sont sous souvent sur t ta te tels tes toi ton toujours tous tout toute toutes très trop tu un une va vers
    m mme mlle dr st moitié presque rien personne aucun deux trois quatre cinq six sept huit neuf dix vingt trente cent mille millions
    voici voilà vont vos votre vous vraiment y`),
  es: list(`a al algo algún alguna algunas algunos allí ante antes aquel aquella aquellas aquellos aquí así aún aunque bajo bien
    cada casi como cómo con contra cual cuál cuando cuándo cuyo da de debe deben del desde después donde dónde dos durante e
    el él ella ellas ello ellos en entonces entre era eran eres es esa esas ese eso esos esta está están estar estas este
    esto estos fue fueron ha hace hacen hacer hacia han hasta hay incluso la las le les lo los luego más me menos mi mientras
    mis mismo misma mucha muchas mucho muchos muy nada ni no nos nosotros nuestra nuestro nunca o os otra otras otro otros
    para pero poco por porque pues puede pueden que qué quien quién se sea según ser será si sí sido sin sino sobre solo sólo
    son su sus también tan tanto te tener tiene tienen toda todas todavía todo todos tras tu tus u un una unas uno unos usted
    sr sra dr bueno buena malo mala mitad nadie nada sin tres cuatro cinco seis siete ocho nueve diez veinte treinta cien mil millones
    va vez y ya yo`),
  pt: list(`a à ainda além algo alguém algum alguma algumas alguns ali antes ao aos apenas aquela aquele aquilo aqui as às
    assim até bem cada com como contra da dá das de dela dele deles depois desde dessa desse desta deste deve devem disso do
    dois dos durante e é ela elas ele eles em enquanto entanto então entre era eram essa essas esse esses esta está estão
    estar estas este estes eu faz fazer foi foram há isso isto já la lhe lo logo mais mas me mesma mesmo meu minha muita
    muitas muito muitos na não nas nem nenhum nessa nesse nesta neste no nos nós nossa nosso num numa nunca o onde os ou
    outra outras outro outros para pela pelas pelo pelos per pode podem por porque porquê pouco pois qual quando quanto que
    quê quem são se seja sem sempre ser será seu seus si sido só sob sobre sua suas também tanto tão tem têm ter teu toda
    sr sra dr metade ninguém nada quase três quatro cinco seis sete oito nove dez vinte trinta cem mil milhões
    todas todo todos tudo um uma umas uns vai vez você vocês`),
  it: list(`a ad adesso agli ai al alcuna alcune alcuni alla alle allo allora altra altre altri altro anche ancora appena aveva
    avere ben bene c che chi ci cioè ciò co coi col come comunque con così cui d da dagli dai dal dalla dalle dallo degli dei
    del dell della delle dello dentro deve devono di dopo dove due dunque e è ed era erano essere fa fanno fare fino fra già
    gli ha hai hanno ho i il in infatti inoltre invece io l la là le lei li lo loro lui lungo ma mai me meno mentre mi mia mio
    molta molte molti molto ne né negli nei nel nell nella nelle nello nessuno no noi non nostra nostro nulla o od ogni oggi
    oltre ora per perché perciò però più po poco poi può possono prima proprio qua qualche quale quali quando quanto quasi
    quella quelle quelli quello questa queste questi questo qui quindi sarà se sé sei sempre senza si sì sia siamo sono sopra
    sotto sta stata stato stessa stesso su sua sue sugli sui sul sulla sulle suo suoi tra tu tutta tutte tutti tutto un una
    sig sig.ra dott metà quasi nessuno niente tre quattro cinque sei sette otto nove dieci venti trenta cento mille milioni
    uno va verso vi via voi`),
  nl: list(`aan al alle alleen als altijd andere bij binnen daar dan dat de deze die dit doen door dus een en er geen haar had
    heb hebben heeft hem het hier hij hoe hun ik in is ja je jij kan kunnen maar meer men met mij mijn moet na naar niet niets
    nog nu of om omdat onder ons onze ook op over te tegen toch toen tot u uit van veel voor waar want waren was wat we wel
    werd wie wij wil worden wordt zal ze zelf zich zij zijn zo zonder zou`),
  zh: list(`一 一個 一个 一些 一樣 一样 一種 一种 一直 一般 一定 一起 一邊 一边 一點 一点 上 下 不 不同 不是 不會 不会 不能 不要 不過
    不过 不只 也 也是 也許 也许 了 人們 人们 什麼 什么 他 他們 他们 以 以及 以外 以後 以后 以前 以來 以来 任何 但 但是 何 你 你們 你们
    使 例如 來 来 便 個 个 們 们 假如 做 像 先 光 全 全部 其 其中 其他 其實 其实 再 再次 出 出來 出来 別 别 到 到底 前 剛 刚 剛剛 刚刚
    加上 卻 却 又 及 反而 只 只是 只有 只要 可 可以 可能 可是 各 各種 各种 同 同時 同时 同樣 同样 吧 向 呢 和 哪 哪些 哪裡 哪里 嗎 吗
    啊 因 因為 因为 因此 在 地 多 多少 太 她 她們 她们 好 如 如何 如果 如此 它 它們 它们 完全 對 对 對於 对于 就 就是 尤其 已 已經 已经
    帶 带 並 并 並且 并且 並不 并不 年 幾 几 幾乎 几乎 往往 很 很多 很少 後 后 後來 后来 得 必須 必须 從 从 想 應 应 應該 应该 成 成為 成为
    我 我們 我们 或 或是 或者 所 所以 所有 才 把 整個 整个 於 于 於是 于是 是 是否 更 更加 最 最後 最后 有 有些 有的 會 会 有時 有时 沒 没
    沒有 没有 然後 然后 然而 為 为 為了 为了 為什麼 为什么 無 无 無法 无法 現在 现在 用 由 由於 由于 當 当 當時 当时 當然 当然 的 的話 的话
    直到 直接 看 看到 知道 種 种 等 等等 給 给 繼續 继续 而 而且 而是 自 自己 至 至少 若 著 着 虽 雖然 虽然 被 裡 里 裡面 里面 要 覺得 觉得
    說 说 誰 谁 請 请 讓 让 起 起來 起来 越 跟 跟著 跟着 較 较 還 还 還是 还是 還有 还有 這 这 這個 这个 這些 这些 這樣 这样 這麼 这么 這種 这种
    這裡 这里 這時 这时 進行 进行 過 过 過來 过来 過去 过去 遠 远 那 那個 那个 那些 那樣 那样 那麼 那么 那裡 那里 部分 都 非 非常 需要 麼 么
    第一 第二 第三 兩 两 兩個 两个 之 之前 之後 之后 之間 之间 之一 每 每個 每个 每次 每天 次 件 間 间 些 點 点 與 与 通常 透過 通过 通過
    首先 接著 接着 接下來 接下来 另 另外 另一 那時 那时 甚至 不斷 不断 只會 只会 開始 开始 變 变 變得 变得 變成 变成 能 能夠 能够 樣 样 回 進 进
    怎麼 怎么 怎樣 怎样 出現 出现 發生 发生 方面 時 时 時候 时候 以上 以下 大約 大约 約 约 先把 都會 都会 再用 用語 用语 就會 就会 也會 也会 才會 才会 都能 都是 都有 就能 就有
    才能 也能 不再 正在 會在 会在 是在 就在 只能 還會 还会 還能 还能 剩下 完成 除了 除非 否則 否则 中 內 内 外 大 小 高 低 長 长 新`),
};

/** Folded means NFKC, lower case and straight apostrophes. Languages without a list call very short words stop words. */
export function isStopWord(folded: string, language: Language): boolean {
  const words = LISTS[language.base];
  if (words) return words.has(folded) || words.has(folded.split("'", 1)[0] ?? '');
  return language.spaced ? folded.length < 4 : folded.length < 2;
}

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
