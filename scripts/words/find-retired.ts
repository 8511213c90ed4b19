/** Words that the code no longer uses: identifiers with what they are called now, and phrases of several words. */
export interface RetiredWords {
  readonly identifiers: Readonly<Record<string, string>>;
  readonly phrases: readonly string[];
}

interface Token {
  readonly text: string;
  readonly line: number;
  /** Names of accounts and programs are quoted: `nobody` is a Linux account. */
  readonly isQuoted: boolean;
}

/** One sentence for each retired word in a file. Letter case counts in identifiers, and not in phrases. */
export function findRetired(file: string, text: string, { identifiers, phrases }: RetiredWords): string[] {
  const tokens = tokensOf(text);
  const wanted = phrasesByFirstWord(phrases);
  return tokens.flatMap((token, at) => {
    const found: string[] = [];
    if (Object.hasOwn(identifiers, token.text))
      found.push(`${file}:${token.line} ${token.text} is now called ${identifiers[token.text]}.`);
    for (const words of wanted.get(token.text.toLowerCase()) ?? [])
      if (words.every((word, offset) => matches(tokens[at + offset], word)))
        found.push(`${file}:${token.line} “${words.join(' ')}” is retired: say in plain words what does what.`);
    return found;
  });
}

/** Words, and the punctuation that parts phrases; the marks that begin a comment's line are neither. */
function tokensOf(text: string): Token[] {
  return text.split('\n').flatMap((line, index) =>
    Array.from(line.matchAll(/[\p{L}\p{N}_$]+|[.,;:!?()[\]{}|]/gu), (match) => ({
      text: match[0],
      line: index + 1,
      isQuoted: line[match.index - 1] === '`' && line[match.index + match[0].length] === '`',
    })),
  );
}

function phrasesByFirstWord(phrases: readonly string[]): Map<string, string[][]> {
  return Map.groupBy(
    phrases.map((phrase) => phrase.split(' ')),
    ([first = '']) => first,
  );
}

function matches(token: Token | undefined, word: string): boolean {
  return token !== undefined && !token.isQuoted && token.text.toLowerCase() === word;
}
