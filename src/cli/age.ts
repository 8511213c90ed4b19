const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** Formats seconds in the two largest units that apply: "1 h 5 min", "42 s". */
export function ageOf(seconds: number): string {
  let rest = Math.max(0, Math.floor(seconds));
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { unit, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  const shown = parts.slice(first === -1 ? -1 : first).slice(0, 2);
  return shown
    .filter(({ count }, index) => count > 0 || index === 0)
    .map(({ unit, count }) => `${count} ${unit}`)
    .join(' ');
}
