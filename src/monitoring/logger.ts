import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

export interface LoggerOptions {
  /** trace, debug, info, warn, error, fatal or silent. */
  readonly level: string;
  /** Lines for a person at a terminal instead of JSON. */
  readonly pretty?: boolean;
  /** Standard output by default. */
  readonly destination?: DestinationStream;
  /** Get the same lines, as JSON in any case. */
  readonly others?: readonly DestinationStream[];
}

/** Level names as operators' dashboards and alert rules use them. */
const LEVEL_NAMES: Readonly<Record<string, string>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
};

const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'jwtSecret',
  'previousJwtSecret',
  'linkSecret',
  'encryptionKeys',
  'apiKey',
  'sentryDsn',
  'prometheusUrl',
  'notifiers',
  'slackUrl',
  'discordUrl',
  'webhookUrl',
  'webhookSecret',
  'pagerdutyKey',
  'routingKey',
  'twilio',
  'phones',
  'emailTo',
  'email',
  'phone',
];

/** One JSON object per line with `level`, `timestamp` (RFC 3339, UTC) and `message`; secrets up to three levels deep are redacted. */
export function createLogger({
  level,
  pretty = false,
  destination = process.stdout,
  others = [],
}: LoggerOptions): Logger {
  const output: DestinationStream = pretty ? { write: (line) => destination.write(plainLine(line)) } : destination;
  return pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: LEVEL_NAMES[label] ?? label }) },
      serializers: { err: errorFacts },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
    },
    others.length > 0 ? all([...others, output]) : output,
  );
}

/** The message of an error and those of its causes are one line, in which a full stop before a colon looks like a mistake. */
function errorFacts(thrown: Error) {
  const facts = pino.stdSerializers.err(thrown);
  if (thrown instanceof Error) facts.message = facts.message.replaceAll('.: ', ': ');
  return facts;
}

function all(destinations: readonly DestinationStream[]): DestinationStream {
  return {
    write(line) {
      for (const destination of destinations) destination.write(line);
    },
  };
}

/** "10:42:07 WARNING the message  {the rest}" */
function plainLine(line: string): string {
  const { timestamp, level, message, ...rest }: Record<string, unknown> = JSON.parse(line);
  const facts = Object.keys(rest).length > 0 ? `  ${JSON.stringify(rest)}` : '';
  return `${String(timestamp).slice(11, 19)} ${String(level).padEnd(8)}${String(message ?? '')}${facts}\n`;
}
