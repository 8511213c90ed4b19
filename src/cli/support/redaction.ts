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

/** What may belong to a credential or an address: no blank, quote or bracket. */
const WORDS = /[^\s"'<>\\]+/g;
const SEPARATOR = /([,;&{}()|[\]])/;
const SECRET_WORD = /(?:key|keys|secret|token|password|passwd|pwd|cookie|authorization|credential)$/i;
/** Words after which a credential comes. */
const SCHEMES: ReadonlySet<string> = new Set(['bearer', 'basic', 'negotiate']);
/** As services begin their keys. */
const PREFIXED = /^(?:sk|pk|rk|xi|gsk|r8|ghp|gho|xox[a-z]|AKIA|ASIA|AIza|whsec)[-_]?[\w-]{12}/;
const PHONE = /^\+[1-9]\d{7,14}$/;
const ENCODED = /[A-Za-z0-9+/_=-]+/g;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
/** Places in our own code. */
const CODE = /\/(?:src|dist|node_modules)\//;
const RANDOM_LENGTH = 28;
const MIN_DIGITS = 3;

/** Removes from a text the values, and what looks like a credential or an address of a person. */
export function redacted(text: string, values: readonly string[]): string {
  let left = text;
  for (const value of values) {
    left = left.replaceAll(value, CENSOR);
    // As JSON writes it.
    left = left.replaceAll(JSON.stringify(value).slice(1, -1), CENSOR);
  }
  const reader = new WordReader();
  return left.replaceAll(WORDS, (word) =>
    word.includes('://')
      ? redactedAddress(word)
      : word
          .split(SEPARATOR)
          .map((part) => reader.redacted(part))
          .join(''),
  );
}

/** Only scheme, host and port are left: paths and queries hold tokens of webhooks and links. */
function redactedAddress(word: string): string {
  const start = word.indexOf('://') + 3;
  const length = word.slice(start).search(/[/?#]/);
  const end = length < 0 ? word.length : start + length;
  const authority = word.slice(start, end);
  const at = authority.lastIndexOf('@');
  const host = at < 0 ? authority : `${CENSOR}@${authority.slice(at + 1)}`;
  const rest = word.length > end + 1 ? `/${CENSOR}` : word.slice(end);
  return `${word.slice(0, start)}${host}${rest}`;
}

/** Reads word after word: what follows `password:` or `Bearer` is a credential. */
class WordReader {
  #next: 'any' | 'after a name' | 'credential' = 'any';

  redacted(part: string): string {
    if (part === '' || SEPARATOR.test(part)) return part;
    const before = this.#next;
    if (part === ':' || part === '=') {
      if (before === 'after a name') this.#next = 'credential';
      return part;
    }
    const at = part.search(/[=:]/);
    const name = at < 0 ? part : part.slice(0, at);
    const isName = SECRET_WORD.test(name);
    this.#next = 'any';
    if (SCHEMES.has(part.toLowerCase())) {
      this.#next = 'credential';
      return part;
    }
    if (before === 'credential') return CENSOR;
    if (isName && at < 0) this.#next = 'after a name';
    if (isName && at === part.length - 1) this.#next = 'credential';
    if (isName && at > 0 && at < part.length - 1) return `${part.slice(0, at + 1)}${CENSOR}`;
    return isPerson(part) || isToken(part) ? CENSOR : part.replaceAll(ENCODED, withoutRandom);
  }
}

/** An e-mail address or a phone number. */
function isPerson(part: string): boolean {
  const at = part.indexOf('@');
  return PHONE.test(part) || (at > 0 && part.indexOf('.', at) > 0);
}

function isToken(part: string): boolean {
  return PREFIXED.test(part) || (part.startsWith('eyJ') && part.includes('.'));
}

/** Random characters, such as keys; not ids of ours. */
function withoutRandom(found: string): string {
  if (found.length < RANDOM_LENGTH || UUID.test(found) || CODE.test(found)) return found;
  return found.replaceAll(/\D+/g, '').length < MIN_DIGITS ? found : CENSOR;
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
