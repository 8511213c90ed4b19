import { z } from 'zod';
import { blankAsMissing } from './setting-values.ts';

/** `name=value,name=value`, percent-encoded, as OpenTelemetry defines OTEL_EXPORTER_OTLP_HEADERS. */
const headers = z.string().transform((text, context) => {
  const pairs: [string, string][] = [];
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(0, at)).trim();
    const value = decoded(part.slice(at + 1).trim());
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || value === null || !/^[\t\x20-\x7e]*$/.test(value)) {
      // Without the text, which may be a credential.
      context.addIssue({ code: 'custom', message: 'must look like name=value,name=value, percent-encoded' });
      return z.NEVER;
    }
    pairs.push([name, value]);
  }
  return Object.freeze(Object.fromEntries(pairs));
});

/** Settings of what is measured, and of what leaves the installation for tracing backends and error trackers. The names with OTEL are OpenTelemetry's own. */
export const observabilitySettings = {
  REQUEST_METRICS: blankAsMissing(z.stringbool().default(true)),
  OTEL_EXPORTER_OTLP_ENDPOINT: blankAsMissing(z.url({ protocol: /^https?$/ }).optional()),
  OTEL_EXPORTER_OTLP_HEADERS: blankAsMissing(headers.default(Object.freeze({}))),
  OTEL_TRACES_SAMPLER_ARG: blankAsMissing(z.coerce.number().min(0).max(1).default(1)),
  OTEL_SERVICE_NAME: blankAsMissing(z.string().max(100).default('autovideo')),
  PROMETHEUS_URL: blankAsMissing(z.url({ protocol: /^https?$/ }).optional()),
  SENTRY_DSN: blankAsMissing(
    z
      .string()
      .regex(/^https?:\/\/\w+@[\w.:-]+\/(?:[\w-]+\/)*\d+$/, 'must look like https://key@host/project')
      .optional(),
  ),
};

export interface ObservabilitySettings {
  /** Whether HTTP requests and GraphQL operations are measured. */
  readonly requestMetrics: boolean;
  /** Null where traces are not recorded. */
  readonly tracing: TracingSettings | null;
  /** The Prometheus that scrapes this installation; may hold a password. */
  readonly prometheusUrl: string | undefined;
  /** Where the log's errors are reported too; a credential. */
  readonly sentryDsn: string | undefined;
}

export interface TracingSettings {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly ratio: number;
  readonly serviceName: string;
}

type Settings = z.infer<z.ZodObject<typeof observabilitySettings>>;

export function observabilityOf(settings: Settings): ObservabilitySettings {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName } = settings;
  const { OTEL_EXPORTER_OTLP_HEADERS: given, OTEL_TRACES_SAMPLER_ARG: ratio } = settings;
  return {
    requestMetrics: settings.REQUEST_METRICS,
    tracing: endpoint === undefined ? null : Object.freeze({ endpoint, headers: given, ratio, serviceName }),
    prometheusUrl: settings.PROMETHEUS_URL,
    sentryDsn: settings.SENTRY_DSN,
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
