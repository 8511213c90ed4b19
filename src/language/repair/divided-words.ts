/** A word in two parts at the end of a line, and what is behind its second part: "exam-\nple, ". */
const DIVIDED =
  /(?<!\p{L})(\p{L}{1,40})([-‐\u00AD])[^\S\n]{0,3}\n[^\S\n]{0,9}(\p{Ll}\p{L}{0,40})(?!\p{L})([^\s\p{L}]{0,9})([^\S\n]?)/gu;
/** Words between the halves of "pre- and post-war". */
export const JOINS_HALVES = /^(?:and|or|to|nor|und|oder|bis|bzw|sowie|et|ou|e|ed|o|y|u)(?![\p{L}\p{N}])/u;
/** First parts of compounds that are written with a hyphen: "well-known", "non-smoker", "twenty-one". */
const KEEPS_BEFORE =
  /^(?:well|ill|self|non|ex|half|all|ever|never|long|short|high|low|slow|fast|hard|soft|old|new|free|full|open|deep|cross|mid|so|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|first|second|third|world|state|large|small|middle|peut|dit|celui|celle|ceux|est|avant|après|vice|sous|demi|mi|quatre|vingt|socio|physico|bem|mal|além|recém|segunda|terça|quarta|quinta|sexta|guarda)$/iu;
/** Second parts that French and Portuguese join to a verb with a hyphen: "viendra-t-il", "disse-me". */
const KEEPS_AFTER =
  /^(?:il|ils|elle|elles|on|je|tu|nous|vous|t|moi|toi|lui|leur|eux|là|ci|ce|y|en|même|mêmes|me|te|se|lhe|lhes|nos|vos|lo|la|os|as|feira|feiras)$/u;

/**
 * Joins words that a program divided at the end of a line, and moves their second part to the first line. The hyphen goes,
 * unless the text has the word with its hyphen elsewhere, or it is one that keeps it. A soft hyphen always goes.
 */
export function withoutDividedWords(text: string): string {
  if (!/[-‐\u00AD][^\S\n]{0,3}\n/u.test(text)) return text;
  const lower = text.toLowerCase();
  let written: ReadonlySet<string> | undefined;
  return text.replace(
    DIVIDED,
    (found, first: string, mark: string, second: string, after: string, space: string, at: number) => {
      if (mark !== '\u00AD' && JOINS_HALVES.test(second)) return found;
      written ??= new Set(lower.match(/\p{L}+(?:-\p{L}+)*/gu));
      const isPart = lower[at - 1] === '-' || after.startsWith('-');
      const keeps = mark !== '\u00AD' && (isPart || keepsHyphen(first, second, written));
      return `${first}${keeps ? '-' : ''}${second}${after}${space === '' ? '' : '\n'}`;
    },
  );
}

function keepsHyphen(first: string, second: string, written: ReadonlySet<string>): boolean {
  const [before, after] = [first.toLowerCase(), second.toLowerCase()];
  if (written.has(`${before}-${after}`)) return true;
  if (written.has(before + after)) return false;
  // "UN-backed", "e-mail"
  const isLetters = first.length === 1 || /^\p{Lu}{2,}$/u.test(first);
  return isLetters || KEEPS_BEFORE.test(first) || KEEPS_AFTER.test(second);
}
