type Env = Readonly<Record<string, string | undefined>>;

const CENSOR = '[removed]';
/** Of names of settings and of fields. What has such a name is a credential, or names a person. */
const SECRET_NAME =
  /key|secret|token|passw|pwd|credential|auth|cookie|dsn|headers|sid$|email|mail_from|phone|twilio_|_to(?:_|$)|webhook/i;
/** A shorter value may be a part of any word. */
const MIN_VALUE = 6;
/** Parts of the path of an address of a webhook. */
const MIN_PATH_PART = 8;

/**
 * The values that may appear nowhere: of each variable with the name of a secret, whole and in its parts, and of each address its
 * user, its password, its query and the parts of its path. The longest first, so that no part of one is left.
 */
export function secretValues(env: Env, others: readonly string[] = []): string[] {
  const values = new Set<string>(others.filter((value) => value.length >= MIN_VALUE));
  const add = (text: string, least = MIN_VALUE) => {
    for (const value of [text, decoded(text)]) if (value.length >= least) values.add(value);
  };
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    // Of an address only parts are secret: its host is what support asks for.
    if (SECRET_NAME.test(name) && !value.includes('://')) {
      add(value.trim());
      for (const part of value.split(/[,;:=\s]/)) add(part, MIN_PATH_PART);
    }
    for (const address of value.split(/[,\s]/)) for (const part of secretsOfAddress(address)) add(...part);
  }
  return [...values].toSorted((one, other) => other.length - one.length);
}

/** Each with the length from which it is a secret. */
function secretsOfAddress(address: string): [text: string, least: number][] {
  if (!address.includes('://') || !URL.canParse(address)) return [];
  const { username, password, pathname, searchParams } = new URL(address);
  return [
    // Beside a password it is a name; alone it is a key.
    ...(password === '' ? [[username, MIN_PATH_PART] satisfies [string, number]] : []),
    [password, MIN_VALUE],
    ...pathname.split('/').map((part): [string, number] => [part, (/\d/.test(part) ? 1 : 2) * MIN_PATH_PART]),
    ...[...searchParams.values()].map((value): [string, number] => [value, MIN_PATH_PART]),
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // Of an address only scheme, host and port are left: paths and queries hold tokens of webhooks and links.
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/"'<>@\\]{1,500}@/gi, `$1${CENSOR}@`],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/[\w.:[\]@-]{1,300})[/?#][^\s"'<>\\)]{1,4000}/gi, `$1/${CENSOR}`],
  [/\b(bearer|basic|negotiate)\s{1,4}[\w.~+/=-]{4,4000}/gi, `$1 ${CENSOR}`],
  [/\beyJ[\w-]{5,4000}\.[\w-]{2,4000}(?:\.[\w-]{0,4000})?/g, CENSOR],
  // As code and shells write them: password=…, "apiKey": "…".
  [
    /((?:key|secret|token|passw(?:or)?d|pwd|cookie|authorization)"?\s{0,4}[=:]\s{0,4})"?[^\s"',;&}]{1,4000}/gi,
    `$1${CENSOR}`,
  ],
  [/\b(?:sk|pk|rk|xi|gsk|r8|ghp|gho|xox[a-z]|AKIA|ASIA|AIza|whsec)[-_]?[A-Za-z0-9_-]{12,400}/g, CENSOR],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, CENSOR],
  [/\+[1-9]\d{7,14}\b/g, CENSOR],
];
/** Random characters, such as keys; not ids of ours, and not places in our own code. */
const RANDOM = /[A-Za-z0-9+/_=-]{28,4000}/g;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const CODE = /\/(?:src|dist|node_modules)\//;
const MIN_DIGITS = 3;

/** Removes from a text the values, and what looks like a credential or an address of a person. */
export function redacted(text: string, values: readonly string[]): string {
  let left = text;
  for (const value of values) {
    left = left.replaceAll(value, CENSOR);
    // As JSON writes it.
    left = left.replaceAll(JSON.stringify(value).slice(1, -1), CENSOR);
  }
  for (const [pattern, replacement] of PATTERNS) left = left.replaceAll(pattern, replacement);
  return left.replaceAll(RANDOM, (found) => {
    const isHarmless = digitsIn(found) < MIN_DIGITS || UUID.test(found) || CODE.test(found);
    return isHarmless ? found : CENSOR;
  });
}

function digitsIn(text: string): number {
  return text.replaceAll(/\D/g, '').length;
}

/** Fields of the log that lead from one line to others. */
const KEPT_FIELDS: ReadonlySet<string> = new Set(['trace_id', 'span_id', 'timestamp', 'level']);
const TRACE = /^[\da-f]{16,32}$/;

/** A line of the log; fields with the name of a secret are removed whole. */
export function redactedLine(line: string, values: readonly string[]): string {
  try {
    const parsed: unknown = JSON.parse(line);
    return JSON.stringify(redactedValue(parsed, values));
  } catch {
    return redacted(line, values);
  }
}

function redactedValue(value: unknown, values: readonly string[]): unknown {
  if (typeof value === 'string') return redacted(value, values);
  if (Array.isArray(value)) return value.map((one) => redactedValue(one, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      if (KEPT_FIELDS.has(name) && typeof field === 'string' && (TRACE.test(field) || field.length < 28))
        return [name, values.includes(field) ? CENSOR : field];
      // Names too may come from outside.
      return [redacted(name, values), SECRET_NAME.test(name) && field !== null ? CENSOR : redactedValue(field, values)];
    }),
  );
}
