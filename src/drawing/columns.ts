/** Characters of the monospaced font. Those of other fonts are at most two columns wide. */
const ONE_COLUMN = /[\p{ASCII}\p{Script=Latin}\p{Script=Cyrillic}¡-¿×÷‐-‧€←-↓─-▟]/u;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Variation_Selector}]/u;

/** Columns that a character takes at most in a line of a monospaced font: 0, 1 or 2. */
export function columnsOfCharacter(character: string): number {
  if (INVISIBLE.test(character)) return 0;
  return ONE_COLUMN.test(character) ? 1 : 2;
}

/** Columns that a line takes at most in a monospaced font. */
export function columnsOf(line: string): number {
  let columns = 0;
  for (const character of line) columns += columnsOfCharacter(character);
  return columns;
}
