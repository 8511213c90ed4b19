import { readFileSync } from 'node:fs';
import { z } from 'zod';

const prices = z
  .object({ prices: z.record(z.string(), z.record(z.string(), z.unknown())) })
  .parse(JSON.parse(readFileSync('data/prices.json', 'utf8'))).prices;

/** What a service counts for one call, e.g. characters. */
export type Used = Readonly<Record<string, number>>;

/** Ten-thousandths of a dollar for one call of a model such as "openai/gpt-6-luna", rounded up, as a service would bill it. */
export function billOf(model: string, used: Used): number {
  const exact = Object.entries(used).reduce((sum, [kind, count]) => {
    const units = kind === 'images' || kind === 'seconds' ? count : count / 1_000_000;
    return sum + units * Number(prices[model]?.[kind] ?? Number.NaN) * 10_000;
  }, 0);
  return Math.ceil(exact - 1e-6);
}
