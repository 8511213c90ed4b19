import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { Money } from '../../money.ts';
import type { Usage } from '../provider.ts';

/** US dollars with at most six places, written as text so that no digit is lost. */
const dollars = z.string().regex(/^\d{1,6}(?:\.\d{1,6})?$/, 'must be dollars with at most six places, e.g. "0.15"');
const price = z.strictObject({
  /** For a million. */
  inputTokens: dollars.optional(),
  outputTokens: dollars.optional(),
  characters: dollars.optional(),
  /** For one. */
  images: dollars.optional(),
  seconds: dollars.optional(),
  /** What all tokens of a request cost whose input has more than so many. */
  long: z
    .strictObject({ aboveInputTokens: z.number().int().positive(), inputTokens: dollars, outputTokens: dollars })
    .optional(),
});
type Price = z.infer<typeof price>;
/** By provider and model, e.g. "openai/gpt-5-mini". "openai/*" is for models that are not listed. */
const prices = z.record(z.string().regex(/^[a-z_]{1,40}\/\S{1,200}$/), price);

const schema = z.strictObject({
  /** When the prices were looked up, and where. */
  date: z.iso.date(),
  sources: z.record(z.string(), z.url()),
  /** Models whose price no page could confirm at that date. */
  unverified: z.array(z.string()).optional(),
  prices,
  /** What services have announced: prices that hold from the beginning of a day (UTC) on. */
  announced: z.array(z.strictObject({ from: z.iso.date(), prices })).optional(),
});
type PriceFile = z.infer<typeof schema>;

/** Units for which a price is given. */
const PER_UNITS = {
  inputTokens: 1_000_000n,
  outputTokens: 1_000_000n,
  characters: 1_000_000n,
  images: 1n,
  seconds: 1n,
};
const KINDS = ['inputTokens', 'outputTokens', 'characters', 'images', 'seconds'] as const;
/** 10⁻⁴ dollars in units of 10⁻¹² dollars, in which a millionth of the smallest price is a whole number. */
const MONEY = 100_000_000n;

/** What calls cost. Built-in providers cost nothing. */
export class PriceTable {
  readonly date: string;
  readonly #prices: Readonly<Record<string, Price>>;
  readonly #announced: readonly { readonly from: number; readonly prices: Readonly<Record<string, Price>> }[];
  readonly #now: () => number;

  private constructor({ date, prices, announced = [] }: PriceFile, now: () => number) {
    this.date = date;
    this.#prices = prices;
    this.#announced = announced
      .map(({ from, prices: later }) => ({ from: Date.parse(from), prices: later }))
      .toSorted((one, other) => other.from - one.from);
    this.#now = now;
  }

  /** Reads a file; prices of `override`, a file in the same form, take precedence. Throws CONFIG_INVALID. */
  static read(path: string | URL, override?: string, now: () => number = Date.now): PriceTable {
    const own = parse(path);
    if (override === undefined) return new PriceTable(own, now);
    const given = parse(override);
    const announced = own.announced?.map(({ from, prices: later }) => ({
      from,
      prices: Object.fromEntries(Object.entries(later).filter(([name]) => !(name in given.prices))),
    }));
    return new PriceTable(
      {
        ...given,
        prices: { ...own.prices, ...given.prices },
        announced: [...(announced ?? []), ...(given.announced ?? [])],
      },
      now,
    );
  }

  /** Rounded up to a ten-thousandth of a dollar, once for the whole call. */
  costOf(provider: string, model: string, usage: Usage): Money {
    const { long, ...usual } = this.#priceOf(`${provider}/${model}`) ?? this.#priceOf(`${provider}/*`) ?? {};
    const isLong = long !== undefined && (usage.inputTokens ?? 0) > long.aboveInputTokens;
    const prices: Price = isLong ? { ...usual, ...long } : usual;
    const parts = KINDS.map((kind) => {
      const count = usage[kind] ?? 0;
      // Seconds may have a fraction.
      return (BigInt(Math.ceil(count * 1_000)) * picoDollars(prices[kind])) / (PER_UNITS[kind] * 1_000n);
    });
    const total = parts.reduce((sum, part) => sum + part, 0n);
    return Number((total + MONEY - 1n) / MONEY);
  }

  #priceOf(name: string): Price | undefined {
    const now = this.#now();
    return (
      this.#announced.find(({ from, prices }) => from <= now && name in prices)?.prices[name] ?? this.#prices[name]
    );
  }

  /** True where the model, or every model of its provider, has a price. */
  knows(provider: string, model: string): boolean {
    return `${provider}/${model}` in this.#prices || `${provider}/*` in this.#prices;
  }
}

function picoDollars(decimal: string | undefined): bigint {
  if (decimal === undefined) return 0n;
  const [whole = '0', places = ''] = decimal.split('.');
  return BigInt(whole + places.padEnd(6, '0')) * 1_000_000n;
}

function parse(path: string | URL): PriceFile {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (thrown) {
    const why = thrown instanceof z.ZodError ? z.prettifyError(thrown) : String(thrown);
    throw new AppError('CONFIG_INVALID', `The price list ${String(path)} cannot be used: ${why}`, { cause: thrown });
  }
}
