/** The most frequent words of languages whose short texts are confused. A word may be in several. */
const FUNCTION_WORDS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en: 'the and with from of to in or not by is are for my what how it this',
    de: 'der die das und ist nicht mit von ein eine ich war zu im den dem für auf wie',
    fr: 'le la les des du et un une de est pour dans au aux il je tu sur ou en avec que',
    es: 'el la los las y un una de del en con por es que su a como para',
    pt: 'o a os as e um uma de do da no na com por é que em não',
    it: 'il lo la gli e un una di del della in con per è che a sono le i',
    ca: 'el la les els i un una de del amb per és que',
    nl: 'de het een en van is voor met op niet te ik hij aan zijn door',
    da: 'og en et af til på med er det den de ikke jeg dig mig i for at om tak alt hej hvad lidt sig nogle efter blev',
    nb: 'og en et av til på med er det den de ikke jeg deg meg i for at om takk alt hei hva litt seg noen etter ble',
    sv: 'och en ett av till på med är det den de inte jag dig mig i för att om tack allt hej vad lite sig några efter blev',
    pl: 'i w na z do jest nie się to o jak po za',
  }).map(([language, words]) => [language, new Set(words.split(' '))]),
);

/** In how many lists a word is. */
const LISTS_WITH: ReadonlyMap<string, number> = countsOf(Object.values(FUNCTION_WORDS).flatMap((words) => [...words]));

function countsOf(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/**
 * How many of the words are among the most frequent of a language; one that is in the lists of several languages counts as a
 * part of one. 0 for a language without a list.
 */
export function functionWordsIn(words: readonly string[], language: string): number {
  const own = FUNCTION_WORDS[language];
  if (own === undefined) return 0;
  return words.filter((word) => own.has(word)).reduce((sum, word) => sum + 1 / (LISTS_WITH.get(word) ?? 1), 0);
}
