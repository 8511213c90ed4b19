import type { OtherUsage, Usage } from './provider.ts';

const KINDS = ['inputTokens', 'outputTokens', 'images', 'characters', 'seconds'] as const;
/** More than any call uses, and little enough that its price and the sum of tokens can be stored. */
const MOST = 1_000_000_000;

/**
 * What a service says a call has used. A count that is no number, is negative, or is more than any call uses is taken for the most that
 * this call can use: a wrong reply must neither lower what is spent nor end the recording of it.
 */
export function plausibleUsage(said: Usage, most: Usage): Usage {
  const counts: { -readonly [Kind in keyof Usage]: number } = {};
  for (const kind of KINDS) {
    const count = said[kind];
    if (count !== undefined) counts[kind] = count >= 0 && count <= MOST ? count : (most[kind] ?? 0);
  }
  return counts;
}

/** The same for what other services have done for a call. */
export function plausibleOthers(
  said: readonly OtherUsage[] | undefined,
  most: readonly OtherUsage[] | undefined,
): readonly OtherUsage[] {
  return (said ?? []).map((other) => {
    const known = most?.find(({ provider, model }) => provider === other.provider && model === other.model);
    return { ...other, usage: plausibleUsage(other.usage, known?.usage ?? {}) };
  });
}
