import type { Random } from './random.ts';

/** Attempts at a block of which no three recur; the last one is taken as it is. */
const ATTEMPTS = 200;

/**
 * The first `count` items of an endless order of a list: in blocks, each of which has every item once. No two consecutive
 * items are alike, and no three consecutive ones recur in the same order, at least not within 60 of a list of seven or more.
 * The same random numbers give the same order, whatever the count.
 */
export function variedOrder<T>(list: readonly [T, ...T[]], random: Random, count: number): [T, ...T[]] {
  const order: T[] = [];
  const seen = new Set<string>();
  while (order.length < count) {
    const before = order.slice(-2);
    const block = nextBlock(list, random, (candidate) => recurrences([...before, ...candidate], seen, list));
    for (const triple of triplesOf([...before, ...block], list)) seen.add(triple);
    order.push(...block);
  }
  const [first = list[0], ...rest] = order.slice(0, Math.max(1, count));
  return [first, ...rest];
}

function nextBlock<T>(list: readonly T[], random: Random, faults: (block: readonly T[]) => number): T[] {
  let best = random.shuffled(list);
  let fewest = faults(best);
  for (let attempt = 1; attempt < ATTEMPTS && fewest > 0; attempt++) {
    const block = random.shuffled(list);
    const found = faults(block);
    if (found < fewest) [best, fewest] = [block, found];
  }
  return best;
}

/** Threes that were there before; equal neighbours count for more than all of them. */
function recurrences<T>(items: readonly T[], seen: ReadonlySet<string>, list: readonly T[]): number {
  const equal = items.filter((item, index) => index > 0 && item === items[index - 1]).length;
  return triplesOf(items, list).filter((triple) => seen.has(triple)).length + equal * items.length;
}

function triplesOf<T>(items: readonly T[], list: readonly T[]): string[] {
  const places = items.map((item) => list.indexOf(item));
  return places.slice(2).map((last, index) => [places[index], places[index + 1], last].join());
}
