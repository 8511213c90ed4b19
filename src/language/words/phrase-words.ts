/** Small words that open a phrase, by language: conjunctions, relative words and prepositions. A line ends better before one. */
const OPENERS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: set(`and or nor but because although though unless until since after before if whether which that who whom whose when whenever wherever while where so yet than as of in
    on at to for with without from by into about between against during through under over near fewer about nearly almost only`),
  de: set(`und oder aber sondern denn weil dass obwohl wenn falls ob als bis nachdem bevor während damit wie mit ohne von vom für in im an am auf
    aus bei beim nach vor zu zum zur um über unter durch gegen seit zwischen sofern sobald solange sodass soweit obgleich obschon damit indem
    nachdem seitdem sooft sowie außer trotz wegen wo wohin woher weshalb`),
  fr: set(`et ou mais car que qu' qui dont où si quand lorsque puisque comme ni de d' du des pour avec sans dans en sur sous par à au aux chez contre
    entre vers depuis après avant pendant selon sauf quoique lorsqu' puisqu' parce tandis afin malgré dès jusqu' jusque dont duquel laquelle
    lesquels`),
  es: set(`y e o u ni pero sino porque que aunque si cuando donde mientras como de del con sin para por en a al sobre entre desde hasta contra
    según tras excepto salvo cuyo cuya quien quienes mediante durante conforme`),
  pt: set(`e ou nem mas porque que embora se quando onde enquanto como de do da dos das com sem para por pelo pela em no na nos nas a ao aos à às
    sobre entre desde até contra segundo salvo exceto cujo cuja quem conforme após durante mediante`),
  it: set(`e ed o né ma perché che se quando dove mentre come anche di del dello della dei degli delle da dal dalla dai dalle con senza per in nel
    nello nella nei nelle a al allo alla ai alle su sul sulla sui sulle tra fra contro verso fino affinché benché sebbene purché finché poiché
    siccome nonostante tranne cui dopo durante`),
};

/** Words that lead on to the next one, and open nothing that a line could end before: articles, possessives and auxiliary verbs. */
const LEADS_ON: Readonly<Record<string, ReadonlySet<string>>> = {
  en: set(`a an the this these my your his her its our their no not is are was were be been has have had will would can could may might must
    should do does did every each any some there i he she it we they you`),
  de: set(`der die das den dem des dieser diese dieses diesen diesem jener jene jenen ein eine einen einem einer eines kein keine keinen keinem keiner sein seine seinen ihr ihre ihren unser nicht
    ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können muss müssen soll sollen darf dürfen will jeder jede jedes viele einige alle`),
  fr: set(`aucun aucune quelques chaque autre tout toute tous toutes le la les l' un une ce cet cette ces mon ma mes ton ta tes son sa ses notre votre nos vos leur leurs ne n' est sont était étaient fut
    furent a ont avait avaient sera seront peut peuvent doit doivent il elle ils elles on nous vous je se`),
  es: set(`ningún ninguna algún alguna cada otro otra todos todas el la los las lo un una unos unas este esta estos estas su sus mi mis no es son era eran fue fueron ha han había está están será
    puede pueden debe se le les`),
  pt: set(`nenhum nenhuma algum alguma cada outro outra todos todas o a os as um uma uns umas este esta esse essa seu sua seus suas meu minha não é são era eram foi foram tem têm está estão será vai vão
    pode podem deve se lhe`),
  it: set(`nessun nessuna qualche ogni altro altra tutti tutte il lo la i gli le l' un uno una un' questo questa suo sua suoi sue non è sono era erano fu furono ha hanno aveva può possono deve sarà
    si ci`),
};

const NONE: ReadonlySet<string> = new Set();

/** Conjunctions of several words: a line ends before the first of them and at none inside. */
const OF_SEVERAL_WORDS: Readonly<Record<string, RegExp>> = {
  en: /^(?:as (?:long|soon|far) as|as (?:if|though)|so that|even (?:if|though|when)|in (?:case|order)|rather than|because of|instead of|such as|provided that|only if)(?!\p{L})/iu,
  de: /^(?:es sei denn|so (?:dass|daß|lange|bald|weit)|als (?:ob|dass)|ohne dass|statt dass|außer (?:wenn|dass)|nur wenn|erst wenn|auch wenn|selbst wenn|je nachdem)(?!\p{L})/iu,
  fr: /^(?:(?:parce|alors|bien|tandis|pendant|pour|sans|depuis|avant|après|afin|dès|tant|ainsi) qu(?:e(?!\p{L})|['’])|afin de(?!\p{L})|à (?:moins|condition) (?:qu(?:e(?!\p{L})|['’])|de(?!\p{L}))|sauf si(?!\p{L})|même si(?!\p{L}))/iu,
  es: /^(?:(?:ya|para|antes de|después de|sin|hasta|desde|así|puesto|siempre|a menos|a no ser|a pesar de|con tal de|dado) que|antes de|después de|a pesar de|en caso de|aun cuando|excepto si|salvo si)(?!\p{L})/iu,
  pt: /^(?:(?:já|para|antes|depois|sem|até|desde|assim|ainda|mesmo|a menos|a não ser|uma vez|sempre|apesar de) que|antes de|depois de|apesar de|em caso de|mesmo se|exceto se|salvo se)(?!\p{L})/iu,
  it: /^(?:(?:prima|dopo|senza|fino a|dato|visto|a meno|in modo|tranne|salvo|così) che|prima di|a condizione (?:che|di)|anche se|solo se|salvo se|in caso di)(?!\p{L})/iu,
};

/** Denials that follow their verb: a line that ends before one reads as the opposite. */
const DENIES_BACK: Readonly<Record<string, ReadonlySet<string>>> = {
  en: set('not never'),
  de: set('nicht nie niemals kaum nichts'),
  fr: set('pas jamais guère point plus rien nullement'),
};

/** Of Chinese: the end of a word that leads on, and the beginning of a phrase. */
const CHINESE_LEADS_ON =
  /(?:[的之是和與与或及把被將将從从對对為为要能很最]|如果|因[为為]|所以|[虽雖]然|除了|[什甚][么麼]|其[他它]|任何|所有|每[个個]|[这這那哪][个個些]?|一[个個些]|各[种種]|局部|超[过過]|[达達收]到|大[约約])$/u;
const CHINESE_OPENS =
  /^(?:[和與与或及在從从把被將将讓让給给向由就才也都卻却但而並并还還再仍只]|因[为為]|所以|如果|[虽雖]然|除非|否[则則]|可[以能])/u;

/** The last word before a place, and the first word after it, with the apostrophe of an elision. */
const LAST_WORD = /(\p{L}{1,20})\s*$/u;
const FIRST_WORD = /^\s*["“„«¿¡(]?(\p{L}{1,3}['’]|\p{L}{1,20})/u;
const ENDING = /(?:^|\P{L})(\p{L}{1,20}(?: \p{L}{1,20}){0,2})\s*$/u;
/** UTF-16 units on each side of a place that are read. */
const LONGEST_READ = 24;

/** True if a line ends well before the text: it begins with "and", "that" or "from". `base` is the first part of a BCP 47 tag. */
export function opensPhrase(text: string, base: string): boolean {
  const after = text.slice(0, LONGEST_READ);
  if (base === 'zh') return CHINESE_OPENS.test(after.trimStart());
  if ((OPENERS[base] ?? NONE).has(folded(FIRST_WORD.exec(after)?.[1] ?? ''))) return true;
  return OF_SEVERAL_WORDS[base]?.test(after.trimStart()) ?? false;
}

/** True for a place inside a conjunction of several words: "a menos" before "que llueva". */
export function isInsideConjunction(before: string, after: string, base: string): boolean {
  const conjunctions = OF_SEVERAL_WORDS[base];
  const words = ENDING.exec(before.slice(-LONGEST_READ))?.[1];
  if (conjunctions === undefined || words === undefined) return false;
  const rest = after.slice(0, LONGEST_READ).trimStart();
  const parts = words.split(' ');
  return parts.some((_, from) => {
    const beginning = parts.slice(from).join(' ');
    return (conjunctions.exec(`${beginning} ${rest}`)?.[0].length ?? 0) > beginning.length;
  });
}

/** Prepositions that belong to the noun before them: "fewer than 5% of it", "Guido da Prata". */
const ATTACHED =
  /^\s*(?:of|d[eiou]|des|d['’]|d[aeo]s?|de[li]|dell[aeo]|dei|degli|da[li]|dall[aeo]|dai|dalle)(?!\p{L})/iu;
const CLAUSE_MARK = /[,;:，；：、—–!?。！？…]["”’»」』)）]?\s*$/u;

/** True if a clause, or a phrase that can be read alone, begins between two texts that follow one another. */
export function beginsPhrase(before: string, after: string, base: string): boolean {
  if (CLAUSE_MARK.test(before.slice(-4))) return true;
  return opensPhrase(after, base) && !ATTACHED.test(after.slice(0, LONGEST_READ)) && !leadsOn(before, base);
}

const SENTENCE_MARK = /[.!?。！？…]["”’»」』)）]?\s*$/u;
/** Costs of ending a line of a card. Only their proportions matter. */
const LINE_END = { sentence: 0, clause: 0.1, phrase: 0.2, word: 0.45, poor: 1.1 } as const;

/** What it costs to end a line between two texts that follow one another: nothing at the end of a sentence, most after "the". */
export function lineEndCost(before: string, after: string, base: string): number {
  const end = before.slice(-4);
  if (SENTENCE_MARK.test(end)) return LINE_END.sentence;
  if (CLAUSE_MARK.test(end)) return LINE_END.clause;
  if (endsBadly(before, after, base)) return LINE_END.poor;
  return beginsPhrase(before, after, base) ? LINE_END.phrase : LINE_END.word;
}

/** True if a line ends badly between two texts: after "the", before "nicht", or inside a conjunction. */
export function endsBadly(before: string, after: string, base: string): boolean {
  return leadsOn(before, base) || deniesBack(after, base) || isInsideConjunction(before, after, base);
}

/** True if a line ends badly before the text: it begins with a denial of the verb before it, as "nicht" or "pas". */
export function deniesBack(text: string, base: string): boolean {
  const after = text.slice(0, LONGEST_READ);
  return (DENIES_BACK[base] ?? NONE).has(folded(FIRST_WORD.exec(after)?.[1] ?? ''));
}

/** True if a line ends badly after the text: its last word opens a phrase, or leads on to the next one, as "the" and "is" do. */
export function leadsOn(text: string, base: string): boolean {
  const before = text.slice(-LONGEST_READ);
  if (base === 'zh') return CHINESE_LEADS_ON.test(before.trimEnd());
  const plain = folded(LAST_WORD.exec(before)?.[1] ?? '');
  return (OPENERS[base] ?? NONE).has(plain) || (LEADS_ON[base] ?? NONE).has(plain);
}

function folded(word: string): string {
  return word.toLowerCase().replaceAll('’', "'");
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
