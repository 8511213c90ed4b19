/** Digit by digit: "zero eight zero". Other characters are left out. */
export function digitWords(digits: string, cardinal: (digit: string, form: 'alone') => string): string {
  return Array.from(digits.replace(/\D/gu, ''), (digit) => cardinal(digit, 'alone')).join(' ');
}
