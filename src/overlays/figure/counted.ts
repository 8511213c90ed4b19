import type { FigureCounter } from '../overlay.ts';

/** A smaller number than the counter's, rounded down and written as the author writes his: 0.5 of "4,000" is "2,000". */
export function countedTo(share: number, { value, decimals, decimalMark, groupMark }: FigureCounter): string {
  const scale = 10 ** decimals;
  const units = Math.floor(value * scale * share + 1e-6);
  const whole = String(Math.floor(units / scale));
  const grouped = groupMark === '' ? whole : inGroups(whole, groupMark);
  return decimals === 0 ? grouped : `${grouped}${decimalMark}${String(units % scale).padStart(decimals, '0')}`;
}

function inGroups(digits: string, mark: string): string {
  const first = digits.length % 3 || 3;
  const groups = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += 3) groups.push(digits.slice(at, at + 3));
  return groups.join(mark);
}
