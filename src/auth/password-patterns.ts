/** What a finger follows on keyboards, and what everyone counts; both directions count. */
const WALKS = [
  'qwertyuiop[]',
  'qwertzuiopü',
  'azertyuiop',
  "asdfghjkl;'",
  'zxcvbnm,./',
  'yxcvbnm,.-',
  'wxcvbn',
  '1234567890-=',
  '01234567890',
  '!@#$%^&*()_+',
  'abcdefghijklmnopqrstuvwxyz',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '1qazxsw23edcvfr45tgbnhy67ujm,ki8',
  'qazwsxedcrfvtgbyhnujmikolp',
  'zaq1xsw2cde3vfr4bgt5nhy6mju7',
  'qawsedrftgyhujikolp',
  'asdfqwerzxcv',
  '147258369',
  '789456123',
].flatMap((walk) => [walk, [...walk].reverse().join('')]);
const LEAST_STEPS = 3;

/** The text without its walks over the keyboard, its counting and its repeated characters. */
export function withoutWalks(text: string): string {
  let kept = '';
  for (let at = 0; at < text.length; ) {
    const steps = Math.max(longestWalk(text, at), longestRepeat(text, at));
    if (steps >= LEAST_STEPS) at += steps;
    else kept += text[at++];
  }
  return kept;
}

function longestWalk(text: string, from: number): number {
  let length = 1;
  while (from + length < text.length && isWalk(text.slice(from, from + length + 1))) length++;
  return length;
}

function isWalk(part: string): boolean {
  return WALKS.some((walk) => walk.includes(part));
}

function longestRepeat(text: string, from: number): number {
  let length = 1;
  while (text[from + length] === text[from]) length++;
  return length;
}

/** The part that a text repeats from its beginning to its end, e.g. `abc` of `abcabcab`; the text itself where it repeats none. */
export function repeatedPart(text: string): string {
  for (let length = 1; length <= text.length / 2; length++)
    if (text.startsWith(text.slice(length))) return text.slice(0, length);
  return text;
}

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** With letters for the digits and signs that are usually written for them. */
export function withoutLeet(text: string): string {
  return text.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign);
}

/** Without what is not a letter at both ends. */
export function wordsIn(text: string): string {
  return text.replace(/^\P{L}+/u, '').replace(/(?<=\p{L})\P{L}+$/u, '');
}

/** Only its letters. */
export function lettersIn(text: string): string {
  return text.replace(/\P{L}+/gu, '');
}
