/**
 * Frequent characters that exist in only one of the two Chinese scripts; the second list is the simplified form of the
 * first.
 */
const TRADITIONAL =
  '們這個說國會時來對發後過為還學樣現實開關應長當點從無與種問電話語讓請見書車門間頭題體業東動經機進氣';
const SIMPLIFIED = '们这个说国会时来对发后过为还学样现实开关应长当点从无与种问电话语让请见书车门间头题体业东动经机进气';

/**
 * The language of a text according to its script: Chinese (Traditional or Simplified), Japanese, Korean; English for
 * everything else. A language tag (BCP 47).
 */
export function guessLanguage(text: string): string {
  const letterCount = count(text, /\p{L}/gu);
  const share = (script: RegExp) => count(text, script) / Math.max(1, letterCount);
  if (share(/\p{Script=Hangul}/gu) > 0.3) return 'ko';
  if (share(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) > 0.15) return 'ja';
  if (share(/\p{Script=Han}/gu) < 0.3) return 'en';
  const [traditional, simplified] = [TRADITIONAL, SIMPLIFIED].map((list) => hits(text, list));
  return (simplified ?? 0) > (traditional ?? 0) ? 'zh-CN' : 'zh-TW';
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function hits(text: string, characters: string): number {
  const wanted = new Set(characters);
  return [...text].filter((character) => wanted.has(character)).length;
}
