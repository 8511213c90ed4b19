import { normalized } from '../../unicode.ts';

const FULL_WIDTH = /[\uFF01-\uFF5E]+/gu;
const LETTER = /[\uFF21-\uFF3A\uFF41-\uFF5A]/u;
/** Letters, digits, and the signs that join them in a name; commas and full stops of a Chinese text stay. */
const OF_NAMES = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A＠．／＿－＆＋＃]/gu;
const LIGATURES = /[\uFB00-\uFB06]/gu;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Letters of printing as the letters that they are: ligatures ("ﬁ") and full-width Latin ("ＨＴＭＬ５"). */
export function withPlainLetters(text: string): string {
  const plain = text.replace(LIGATURES, (ligature) => normalized(ligature, 'NFKC'));
  if (!LETTER.test(plain) && EAST_ASIAN.test(plain)) return plain;
  const isLatin = !EAST_ASIAN.test(plain);
  return plain.replace(FULL_WIDTH, (run) => {
    if (isLatin) return narrow(run);
    return LETTER.test(run) ? run.replace(OF_NAMES, narrow) : run;
  });
}

function narrow(run: string): string {
  return Array.from(run, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0)).join('');
}
