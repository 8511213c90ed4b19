import recheck from 'recheck/lib/browser.js';

/** What is known of a pattern. `reason` says why it is not safe, with an input that shows it where there is one. */
export type Verdict =
  | { readonly status: 'safe' }
  | { readonly status: 'vulnerable' | 'unknown'; readonly reason: string };

/**
 * Work is limited by counts of steps, not by time, so that a slow machine gives the same verdict. Only the whole of one
 * pattern has a time limit: one that takes two minutes is too complicated to be judged, and so "unknown".
 */
const PARAMETERS = {
  timeout: 120_000,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
} as const;

/** Whether a search with this pattern takes time in proportion to the text, as recheck sees it. */
export function judge(pattern: string, flags: string): Verdict {
  if (!repeats(pattern)) return { status: 'safe' };
  const diagnosis = recheck.checkSync(pattern, flags, PARAMETERS);
  if (diagnosis.status === 'safe') return { status: 'safe' };
  if (diagnosis.status === 'vulnerable')
    return { status: 'vulnerable', reason: `${diagnosis.complexity.summary}; attack: ${diagnosis.attack.pattern}` };
  const { error } = diagnosis;
  return { status: 'unknown', reason: 'message' in error ? `${error.kind}: ${error.message}` : error.kind };
}

/** False where a pattern holds no `*`, `+` or `{…}`: its matches have a greatest length, so a search with it is linear. */
export function repeats(pattern: string): boolean {
  return /[*+{]/u.test(pattern.replace(/\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|[\s\S])/gu, '').replace(/\[[^\]]*\]/gu, ''));
}
