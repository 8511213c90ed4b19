import type { Config } from '../config.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { Tracing } from '../monitoring/tracing.ts';
import { VERSION } from '../version.ts';

/** Where OTEL_EXPORTER_OTLP_ENDPOINT is set; its libraries are loaded only then. */
export async function openTracing(
  { tracing }: Pick<Config, 'tracing'>,
  logger: Logger,
  resources: AsyncDisposableStack,
): Promise<Tracing | undefined> {
  if (!tracing) return undefined;
  const { OtlpTracing } = await import('../monitoring/otlp-tracing.ts');
  const opened = new OtlpTracing({
    ...tracing,
    version: VERSION,
    onFault: (thrown) => logger.warn({ err: thrown }, 'spans could not be sent to the collector, and are dropped'),
  });
  resources.defer(() => opened.close());
  return opened;
}
