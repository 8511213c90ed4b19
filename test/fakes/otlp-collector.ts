import { expect } from 'vitest';
import { z } from 'zod';
import { expectPost } from './asked-model.ts';
import { type FakeHandler, FakeService } from './fake-service.ts';

const attribute = z.strictObject({
  key: z.string(),
  value: z.union([
    z.strictObject({ stringValue: z.string() }),
    z.strictObject({ intValue: z.number() }),
    z.strictObject({ boolValue: z.boolean() }),
    z.looseObject({}),
  ]),
});

const span = z.looseObject({
  traceId: z.string().regex(/^[\da-f]{32}$/),
  spanId: z.string().regex(/^[\da-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^[\da-f]{16}$/)
    .optional(),
  name: z.string().min(1),
  kind: z.int().min(1).max(5),
  startTimeUnixNano: z.string().regex(/^\d+$/),
  endTimeUnixNano: z.string().regex(/^\d+$/),
  attributes: z.array(attribute),
  status: z.strictObject({ code: z.int(), message: z.string().optional() }),
});

/** https://opentelemetry.io/docs/specs/otlp/#otlphttp and its JSON form, opentelemetry-proto's trace/v1. */
const body = z.strictObject({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes: z.array(attribute) }),
      scopeSpans: z.array(z.looseObject({ spans: z.array(span) })),
    }),
  ),
});

export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
  readonly service: unknown;
}

/** An OpenTelemetry collector that keeps what it gets. */
export class OtlpCollector {
  readonly spans: readonly CollectedSpan[];
  readonly #service: FakeService;

  private constructor(service: FakeService, spans: readonly CollectedSpan[]) {
    this.#service = service;
    this.spans = spans;
  }

  /** `headers` must come with each export. */
  static async start(headers: Readonly<Record<string, string>> = {}): Promise<OtlpCollector> {
    const spans: CollectedSpan[] = [];
    const collect: FakeHandler = (request) => {
      expectPost(request, '/v1/traces');
      expect(request.headers).toMatchObject(headers);
      for (const { resource, scopeSpans } of body.parse(request.json()).resourceSpans) {
        const service = valuesOf(resource.attributes)['service.name'];
        spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((one) => collected(one, service))));
      }
      return { body: { partialSuccess: {} } };
    };
    return new OtlpCollector(await FakeService.start(collect), spans);
  }

  get url(): string {
    return this.#service.url;
  }

  async close(): Promise<void> {
    await this.#service.close();
  }
}

const ERROR = 2;

function collected(
  { name, traceId, spanId, parentSpanId, attributes, status }: z.infer<typeof span>,
  service: unknown,
) {
  const facts = { name, traceId, spanId, parentSpanId, service };
  return { ...facts, attributes: valuesOf(attributes), isError: status.code === ERROR };
}

function valuesOf(attributes: readonly z.infer<typeof attribute>[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
