import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PriceTable } from './price-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'prices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(prices: object, name = 'prices.json', more: object = {}): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ date: '2026-11-30', sources: {}, prices, ...more }));
  return path;
}

describe('A price list', () => {
  const table = PriceTable.read(
    fileOf({
      'openai/writer': { inputTokens: '0.25', outputTokens: '2' },
      'openai/*': { inputTokens: '10' },
      'stability/core': { images: '0.03' },
      'polly/neural': { characters: '16' },
      'openai/listener': { seconds: '0.0001' },
    }),
  );

  it.each([
    // 1,000 × 0.25 / 10⁶ + 500 × 2 / 10⁶ = 0.00125
    ['openai', 'writer', { inputTokens: 1_000, outputTokens: 500 }, 13],
    ['openai', 'writer', { inputTokens: 1_000_000, outputTokens: 1_000_000 }, 22_500],
    ['openai', 'writer', { inputTokens: 1 }, 1],
    ['openai', 'writer', {}, 0],
    ['openai', 'unlisted', { inputTokens: 1_000 }, 100],
    ['stability', 'core', { images: 3 }, 900],
    // 2,000 × 16 / 10⁶ = 0.032
    ['polly', 'neural', { characters: 2_000 }, 320],
    ['openai', 'listener', { seconds: 60.5 }, 61],
    ['stability', 'other', { images: 3 }, 0],
    ['local', 'cards', { images: 3 }, 0],
  ])('makes %s/%s with %o cost %i ten-thousandths of a dollar, rounded up once', (provider, model, usage, cost) => {
    expect(table.costOf(provider, model, usage)).toBe(cost);
  });

  it('tells for which models it has a price', () => {
    expect(table.knows('openai', 'any')).toBe(true);
    expect(table.knows('stability', 'core')).toBe(true);
    expect(table.knows('stability', 'other')).toBe(false);
  });

  it("is overridden by the operator's, which has no need to be complete", () => {
    const own = fileOf({ 'stability/core': { images: '0.01' } }, 'own.json');
    const both = PriceTable.read(fileOf({ 'stability/core': { images: '0.03' }, 'stability/*': { images: '1' } }), own);
    expect(both.costOf('stability', 'core', { images: 1 })).toBe(100);
    expect(both.costOf('stability', 'other', { images: 1 })).toBe(10_000);
  });

  it('has another price for a request with a long input, for all of its tokens', () => {
    const long = { aboveInputTokens: 1_000, inputTokens: '50', outputTokens: '250' };
    const tiered = PriceTable.read(fileOf({ 'claude/small': { inputTokens: '10', outputTokens: '50', long } }));
    const costOf = (inputTokens: number) => tiered.costOf('claude', 'small', { inputTokens, outputTokens: 100 });
    expect([costOf(1_000), costOf(1_001)]).toEqual([150, 751]);
  });

  it('changes on the day that a service has announced, unless the operator has set the price', () => {
    const announced = [
      { from: '2027-02-01', prices: { 'stability/core': { images: '0.09' } } },
      { from: '2027-01-01', prices: { 'stability/core': { images: '0.06' }, 'stability/ultra': { images: '1' } } },
    ];
    const own = fileOf({ 'stability/core': { images: '0.01' } }, 'own.json');
    const path = fileOf({ 'stability/core': { images: '0.03' } }, 'announced.json', { announced });
    const costs = (at: string, override?: string) => {
      const list = PriceTable.read(path, override, () => Date.parse(at));
      return ['core', 'ultra'].map((model) => list.costOf('stability', model, { images: 1 }));
    };
    expect(costs('2026-12-31T23:59:59.999Z')).toEqual([300, 0]);
    expect(costs('2027-01-01T00:00:00.000Z')).toEqual([600, 10_000]);
    expect(costs('2027-02-01T00:00:00.000Z')).toEqual([900, 10_000]);
    expect(costs('2027-02-01T00:00:00.000Z', own)).toEqual([100, 10_000]);
  });

  it.each([[{ 'openai/x': { images: 0.03 } }], [{ openai: {} }], [{ 'openai/x': { pictures: '1' } }]])(
    'that is wrong is refused with its path: %o',
    (prices) => {
      expect(() => PriceTable.read(fileOf(prices, 'wrong.json'))).toThrow(/wrong\.json cannot be used/);
    },
  );

  it('that ships with the program can be read, and says of prices that exist which were not confirmed', () => {
    expect(PriceTable.read('data/prices.json').date).toMatch(/^20\d\d-/);
    const { unverified, prices } = JSON.parse(readFileSync('data/prices.json', 'utf8'));
    expect(Object.keys(prices)).toEqual(expect.arrayContaining(unverified));
  });
});
