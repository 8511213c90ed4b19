import { z } from 'zod';
import { AppError, type ExternalService, type ProviderFailure } from '../../errors.ts';
import { retryAfterSeconds } from '../../retry-after.ts';

/** An HTTP answer other than 2xx. */
export interface Refusal {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** How a service says what its status alone does not. `reason` is the machine-readable code in the body, in lower case. */
export interface RefusalRules {
  /** Reasons that mean: this content is not allowed. */
  readonly contentRejected?: readonly string[];
  /** Reasons that mean: the account has no credit or quota left. */
  readonly quotaExceeded?: readonly string[];
  /** Reasons that mean: the key is wrong or may not do this. */
  readonly invalidKey?: readonly string[];
  /** Reasons that mean: the same request may succeed later, whatever the status says. */
  readonly temporary?: readonly string[];
}

export const SERVICE_NAMES: Readonly<Record<ExternalService, string>> = {
  OPENAI: 'OpenAI',
  GEMINI: 'Google Gemini',
  CLAUDE: 'Anthropic Claude',
  GROQ: 'Groq',
  OPENAI_COMPATIBLE: 'The server at OPENAI_COMPATIBLE_BASE_URL',
  STABILITY: 'Stability AI',
  REPLICATE: 'Replicate',
  ELEVENLABS: 'ElevenLabs',
  AZURE_SPEECH: 'Azure Speech',
  POLLY: 'AWS Polly',
  D_ID: 'D-ID',
};

/** A word or a short number. A key has digits among its letters: a service could repeat it in place of a reason. */
const SHOWN_REASON = /^(?:\d{1,5}|[a-z][a-z_. -]{0,59})$/;

/**
 * A refusal as the error that says who has to act. It repeats no text of the service, which may hold the key or the prompt: only
 * the status and the service's machine-readable reason.
 */
export function refusalError(service: ExternalService, refusal: Refusal, rules: RefusalRules = {}): AppError {
  const { reasons, retryDelay } = wordsIn(refusal.body);
  const kind = kindOf(refusal.status, reasons, rules);
  const isTemporary = isTemporaryStatus(refusal.status) || contains(reasons, rules.temporary);
  const retriable = kind === 'RATE_LIMITED' || (kind === 'API_ERROR' && isTemporary);
  // Google's delay, "34.07s", is written like a header of OpenAI's.
  const headers = retryDelay === undefined ? {} : { 'x-ratelimit-reset-requests': retryDelay };
  const shown = reasons.find((one) => SHOWN_REASON.test(one));
  return new AppError(`${service}_${kind}`, sentenceFor(service, kind, refusal.status, shown), {
    retriable,
    ...(retriable ? { retryAfterSeconds: retryAfterSeconds({ ...headers, ...refusal.headers }, new Date()) } : {}),
  });
}

function contains(reasons: readonly string[], known: readonly string[] | undefined): boolean {
  return known?.some((one) => reasons.includes(one)) === true;
}

function kindOf(status: number, reasons: readonly string[], rules: RefusalRules): ProviderFailure {
  if (contains(reasons, rules.contentRejected)) return 'CONTENT_REJECTED';
  if (contains(reasons, rules.quotaExceeded) || status === 402) return 'QUOTA_EXCEEDED';
  if (contains(reasons, rules.invalidKey) || status === 401 || status === 403) return 'INVALID_API_KEY';
  return status === 429 ? 'RATE_LIMITED' : 'API_ERROR';
}

/** 408 and 409 are timeouts and conflicts on the service's side, 425 comes too early; 529 is Anthropic's "overloaded". */
function isTemporaryStatus(status: number): boolean {
  return status >= 500 || [408, 409, 425].includes(status);
}

function sentenceFor(
  service: ExternalService,
  kind: ProviderFailure,
  status: number,
  reason: string | undefined,
): string {
  const name = SERVICE_NAMES[service];
  const answer = reason === undefined ? String(status) : `${status}, ${reason}`;
  switch (kind) {
    case 'INVALID_API_KEY':
      return `${name} does not accept the key (${answer}): check ${service}_API_KEY and what the key may do.`;
    case 'QUOTA_EXCEEDED':
      return `The account at ${name} has no credit or quota left (${answer}).`;
    case 'RATE_LIMITED':
      return `${name} takes no more requests at the moment (${answer}).`;
    case 'CONTENT_REJECTED':
      return `${name} refused the content by its rules (${answer}): change the text.`;
    case 'API_ERROR':
      return status >= 500
        ? `${name} failed (${answer}).`
        : `${name} did not accept the request (${answer}): check the model and the settings of ${service}.`;
    case 'TIMEOUT':
      return `${name} did not answer in time.`;
  }
}

const reason = z.union([z.string(), z.number()]).transform(String);
const details = z.looseObject({
  code: reason.optional().catch(undefined),
  type: reason.optional().catch(undefined),
  status: reason.optional().catch(undefined),
  name: reason.optional().catch(undefined),
  kind: reason.optional().catch(undefined),
  reason: reason.optional().catch(undefined),
  details: z
    .array(
      z.looseObject({ reason: reason.optional().catch(undefined), retryDelay: reason.optional().catch(undefined) }),
    )
    .optional()
    .catch(undefined),
});
/** The forms that services use: {error: {code, type, status}}, {detail: {status}}, {name, code}, {kind}. */
const envelope = details.extend({
  error: details.optional().catch(undefined),
  detail: details.optional().catch(undefined),
});

interface RefusalWords {
  /** Most telling first, in lower case. */
  readonly reasons: readonly string[];
  /** Google's google.rpc.RetryInfo. */
  readonly retryDelay?: string | undefined;
}

/** The machine-readable words of an error body. Google wraps it in a list. */
function wordsIn(body: string): RefusalWords {
  const json = jsonIn(body.slice(0, 100_000));
  const parsed = envelope.safeParse(Array.isArray(json) ? json[0] : json);
  if (!parsed.success) return { reasons: [] };
  const { error, detail, ...outer } = parsed.data;
  const found = [error, detail, outer].flatMap((part) =>
    part === undefined
      ? []
      : [
          part.code,
          part.type,
          part.status,
          part.reason,
          part.name,
          part.kind,
          ...(part.details ?? []).map((one) => one.reason),
        ],
  );
  // An identifier, not a sentence: that could repeat what was sent.
  const reasons = found.flatMap((one) => (one !== undefined && /^[\w.:-]{1,60}$/.test(one) ? [one.toLowerCase()] : []));
  return { reasons, retryDelay: error?.details?.find((one) => one.retryDelay !== undefined)?.retryDelay };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Proxies answer with pages: such a body has no reason.
    return undefined;
  }
}
