const digits = '零一二三四五六七八九';
const small = ['', '十', '百', '千'];
const large = ['', '萬', '億', '兆'];
/** The characters of these words on the mainland. */
const simplified: Readonly<Record<string, string>> = { 萬: '万', 億: '亿', 點: '点', 兩: '两' };

/** Digit by digit, as in years and telephone numbers: "2024" → "二零二四". */
export function digitByDigit(number: string): string {
  return number.replace(/\d/g, (digit) => digits[Number(digit)] ?? '');
}

/** The number in Simplified characters. */
export function simplifiedNumber(words: string): string {
  return words.replace(/[萬億點兩]/gu, (character) => simplified[character] ?? character);
}

/**
 * A number of ASCII digits (no separators, at most one ".") in Mandarin words, in Traditional characters: "10500" →
 * "一萬零五百". More than sixteen digits, or a leading zero, are read digit by digit. espeak-ng's own reading has no 萬
 * ("one hundred thousand").
 */
export function mandarinNumber(number: string): string {
  const [whole = '', fraction] = number.split('.');
  const result = whole.length > 16 || /^0\d/.test(whole) ? digitByDigit(whole) : mandarinInteger(whole);
  return fraction === undefined ? result : `${result}點${digitByDigit(fraction)}`;
}

function mandarinInteger(whole: string): string {
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= 4) groups.unshift(whole.slice(Math.max(0, end - 4), end));
  let result = '';
  let zeroOwed = false;
  groups.forEach((group, index) => {
    const value = Number(group);
    if (value === 0) {
      zeroOwed = result !== '';
      return;
    }
    if (result !== '' && (zeroOwed || value < 1000)) result += '零';
    result += mandarinGroup(group) + (large[groups.length - 1 - index] ?? '');
    zeroOwed = false;
  });
  // "ten", not "one ten", at the beginning of a number; and two hundred, thousand and so on are 兩.
  return result === '' ? '零' : result.replace(/^一十/, '十').replace(/^二(?=[百千萬億兆])/u, '兩');
}

/** 1 to 9999; leading zeros are not spoken. */
function mandarinGroup(group: string): string {
  let result = '';
  let zeroOwed = false;
  Array.from(group).forEach((digit, index) => {
    if (digit === '0') {
      zeroOwed = result !== '';
      return;
    }
    result += (zeroOwed ? '零' : '') + (digits[Number(digit)] ?? '') + (small[group.length - 1 - index] ?? '');
    zeroOwed = false;
  });
  return result;
}
