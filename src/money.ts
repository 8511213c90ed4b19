/** An amount of US dollars as a whole number of ten-thousandths, so that sums are exact: 420 is $0.0420. */
export type Money = number;

const SCALE = 10_000;

/** With four places, as GraphQL's Decimal and PostgreSQL's numeric(14,4) have them: "0.0420". */
export function decimalOf(money: Money): string {
  const sign = money < 0 ? '-' : '';
  const digits = String(Math.abs(money)).padStart(5, '0');
  return `${sign}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** From a decimal with at most four places; others throw a RangeError, since they would have to be rounded. */
export function moneyOf(decimal: string): Money {
  if (!/^-?\d{1,10}(?:\.\d{1,4})?$/.test(decimal))
    throw new RangeError(`not an amount of money: ${decimal.slice(0, 40)}`);
  return Math.round(Number(decimal) * SCALE);
}
