/**
 * The memory that documents without repetition leave behind.
 *
 *   node --expose-gc .build/bench/profile/graphql-memory.js [documents]
 *
 * Prepares and runs the given number of different documents, prints the heap before and after; then the same with
 * documents that occur twice each, which fills the cache to its limit.
 */
import { createLogger } from '../../src/monitoring/logger.ts';
import { createContext } from '../../src/resolvers/context.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { formatError } from '../../src/schema/errors/format-error.ts';
import { parseOptions, validationRules } from '../../src/schema/limits/limits.ts';
import { OperationRunner } from '../../src/server/operations/operation-runner.ts';
import { fakeServices } from '../../test/schema/fake-services.ts';

const count = Number(process.argv[2] ?? 100_000);
const trace = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), parentSpanId: null };
const facts = { viewer: null, ...trace, device: { ipAddress: '127.0.0.1', userAgent: null } };
const context = createContext({ services: fakeServices() })(facts);
const caller = { ...facts, refusal: null, context: () => context };
const operations = new OperationRunner({
  schema: buildAppSchema(),
  rules: { validationRules, parseOptions, formatError },
  introspection: false,
  hideSuggestions: true,
  steps: [],
  logger: createLogger({ level: 'error' }),
});

async function run(query: string): Promise<void> {
  const prepared = operations.prepare({ query }, 'fast_path', caller);
  if (!('executable' in prepared)) throw new Error(prepared[0]?.message);
  await (await operations.begin(prepared)).execute();
}

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

const text = (index: number) =>
  `{ a${index}: health { status version uptimeSeconds timestamp } viewer { id username } }`;

for (let index = 0; index < 2_000; index += 1) await run(text(-index).replace('-', '_'));
const before = heapMb();
const started = performance.now();
for (let index = 0; index < count; index += 1) await run(text(index));
const ms = (performance.now() - started) / count;
const after = heapMb();
for (let index = 0; index < 10_000; index += 1) {
  await run(text(count + index));
  await run(text(count + index));
}
const full = heapMb();
process.stdout.write(
  `${count} documents, none repeated: ${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after, ${ms.toFixed(2)} ms each\n` +
    `10,000 more, each twice: ${full.toFixed(1)} MB with the cache full\n`,
);
