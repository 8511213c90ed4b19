import type { SpokenLanguage } from './languages/spoken-language.ts';
import { type Rewrite, rewrite, type SpokenText } from './spoken-text.ts';

const host =
  /\b(?:[Hh][Tt][Tt][Pp][Ss]?:\/\/|[Ww]{3}\.)(?:[Ww]{3}\.)?([\p{L}\d.-]+[\p{L}\d])(?::\d+)?(?:[/?#][^\s\p{Script=Han}，。]*[^\s.,;:!?)'"\p{Script=Han}，。])?\/?/gu;
const email = /(?<![\w.+-])([\w+-]{1,64}(?:\.[\w+-]{1,64}){0,6})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,6})/gu;
/** With a country code, an area code in brackets, a leading zero, or in the groups of North America. */
const telephone =
  /(?<![\d.,/-]|\d )(?:\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,6}|\(\d{2,4}\) ?\d{3,5}(?:[ -]\d{2,5}){1,3}|0(?!\d[/-]\d{1,2}[/-]\d{4})\d{1,4}(?:[ /-]\d{2,8}){1,5}|(?:1-)?\d{3}-\d{3}-\d{4}|\d{3}-\d{3}[1-9])(?![\d,/-]|\.\d)/gu;
/** After a word for the telephone, any groups of digits. */
const namedTelephone =
  /(?<=(?:\b[Tt][eé]l(?:[eé]fon[eo]?|efon|éphone)?|\b[Pp]hone|\b[Ff]ax|電話|电话)[.:]{0,2} ?)\d[\d /-]{5,18}\d/gu;
const bookNumber = /(?<=ISBN(?:-1[03])?:? ?)[\d-]{9,17}[\dX](?![\d-])/gu;

/**
 * Says web addresses by their host ("example dot com"), e-mail addresses, and telephone and book numbers digit by digit.
 * `groupDigits` says one group of a telephone number.
 */
export function sayAddresses(
  spoken: SpokenText,
  { dot, at, plus }: Pick<SpokenLanguage['signs'], 'dot' | 'at' | 'plus'>,
  sayGroup: (digits: string, groups: readonly string[]) => string,
): SpokenText {
  const dotted = (name: string): string => name.replaceAll('.', ` ${dot} `).replace(/[_-]/gu, ' ');
  const digits = (text: string): string => {
    const groups = text.match(/\d{1,16}|X/gu) ?? [];
    return `${text.startsWith('+') ? `${plus} ` : ''}${groups.map((group) => sayGroup(group, groups)).join(' ')}`;
  };
  const say: readonly (readonly [pattern: RegExp, say: Rewrite])[] = [
    [host, ([, name = '']) => dotted(name)],
    [email, ([, user = '', domain = '']) => `${dotted(user)} ${at} ${dotted(domain)}`],
    [namedTelephone, ([number]) => digits(number)],
    [telephone, ([number]) => digits(number)],
    [bookNumber, ([number]) => digits(number)],
  ];
  return say.reduce((result, [pattern, sayMatch]) => rewrite(result, pattern, sayMatch), spoken);
}
