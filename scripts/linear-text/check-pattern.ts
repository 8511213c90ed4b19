import { check } from 'recheck';

/** The result for a pattern. `reason` explains why it is unsafe, with an attack input if there is one. */
export type Verdict =
  | { readonly status: 'safe' }
  | { readonly status: 'vulnerable' | 'unknown'; readonly reason: string };

/**
 * Work is limited by counts, never by time, so that a slow or busy machine gives the same verdict. Repetitions up to
 * 500 are expanded, which gives proofs; only patterns with look-around or back-references are tested with generated
 * texts.
 */
const PARAMETERS = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
  maxRepeatCount: 500,
  attackLimit: 20_000_000,
  maxAttackStringSize: 30_000,
  maxInitialGenerationSize: 100,
  maxGenerationSize: 50,
  maxIteration: 4,
} as const;

/**
 * Checks with recheck that a search with this pattern takes time proportional to the text. recheck starts its native program
 * at the first call, which ends with this process; where there is none for this machine, it runs in a worker thread, which
 * takes six times as long.
 */
export async function checkPattern(pattern: string, flags: string): Promise<Verdict> {
  if (!repeats(pattern)) return { status: 'safe' };
  const diagnosis = await check(pattern, flags, PARAMETERS);
  if (diagnosis.status === 'safe') return { status: 'safe' };
  if (diagnosis.status === 'vulnerable')
    return { status: 'vulnerable', reason: `${diagnosis.complexity.summary}; attack: ${diagnosis.attack.pattern}` };
  const { error } = diagnosis;
  return { status: 'unknown', reason: 'message' in error ? `${error.kind}: ${error.message}` : error.kind };
}

/** False if a pattern has no `*`, `+` or `{…}`: its matches have a maximum length, so a search with it is linear. */
export function repeats(pattern: string): boolean {
  return /[*+{]/u.test(pattern.replace(/\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|[\s\S])/gu, '').replace(/\[[^\]]*\]/gu, ''));
}
