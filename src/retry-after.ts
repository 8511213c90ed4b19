/** The longest wait that is believed; a longer one is a quota, or a fault. */
const MOST_SECONDS = 24 * 3_600;

type HeaderSource = Readonly<Record<string, string | undefined>>;

/**
 * Seconds after which a service takes requests again, by its headers (lower-case names): Retry-After (RFC 9110 §10.2.3, seconds
 * or a date), retry-after-ms, or x-ratelimit-reset-requests and -tokens, which OpenAI and Groq write like "1m30.5s".
 */
export function retryAfterSeconds(headers: HeaderSource, now: Date): number | undefined {
  const milliseconds = numberIn(headers['retry-after-ms']);
  if (milliseconds !== undefined) return bounded(milliseconds / 1_000);
  const said = headers['retry-after']?.trim();
  if (said) {
    const seconds = numberIn(said) ?? (Date.parse(said.slice(0, 40)) - now.getTime()) / 1_000;
    if (Number.isFinite(seconds)) return bounded(seconds);
  }
  const resets = ['x-ratelimit-reset-requests', 'x-ratelimit-reset-tokens'].flatMap(
    (name) => durationIn(headers[name]) ?? [],
  );
  return resets.length === 0 ? undefined : bounded(Math.max(...resets));
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
}

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds of a duration like "1m30.5s". */
export function durationIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h|d)){1,5}$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h|d)/g);
  return Array.from(parts, ([, amount, unit = '']) => Number(amount) * (UNITS[unit] ?? 0)).reduce((a, b) => a + b, 0);
}

function bounded(seconds: number): number {
  return Math.min(MOST_SECONDS, Math.max(0, Math.ceil(seconds)));
}
