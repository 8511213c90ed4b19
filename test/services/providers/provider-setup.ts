import { sql } from 'kysely';
import { providerServicesOf } from '../../../src/composition/provider-services.ts';
import type { Database } from '../../../src/db/database.ts';
import type { Providers } from '../../../src/providers/ports.ts';
import { readServiceSettings } from '../../../src/service-settings.ts';
import { fakeProviders } from '../../helpers/media/fake-providers.ts';

export interface ServicesOnOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly contentProviders?: Providers;
  readonly onChange?: (provider: string) => void;
  readonly testMilliseconds?: number;
}

/** The provider services of a process with these settings; a token of output costs a ten-thousandth of a dollar. */
export function providerServicesOn(db: Database, options: ServicesOnOptions = {}) {
  const { env = {}, contentProviders = fakeProviders(), onChange = () => undefined, testMilliseconds } = options;
  const services = readServiceSettings(env, []);
  return providerServicesOf({
    db,
    services,
    contentProviders,
    prices: { costOf: (_provider, _model, { outputTokens = 0 }) => outputTokens },
    onChange,
    ...(testMilliseconds === undefined ? {} : { testMilliseconds }),
  });
}

export interface AttemptFacts {
  readonly provider: string;
  readonly state: 'SETTLED' | 'REFUSED' | 'UNCERTAIN';
  readonly errorCode?: string;
  readonly latencyMs?: number;
}

/** One content, of a video where one is given, and the attempts at it. */
export async function addGeneration(
  db: Database,
  attempts: readonly AttemptFacts[],
  videoId: string | null = null,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into ai_generations (id, type, provider, status, video_id)
    values (gen_random_uuid(), 'TEXT', '', 'COMPLETED', ${videoId}::uuid) returning id`.execute(db.sql());
  for (const [index, { provider, state, errorCode = null, latencyMs = 5 }] of attempts.entries())
    await sql`
      insert into generation_attempts (id, generation_id, provider, number, paid, run, state, latency_ms, error_code, ended_at)
      values (gen_random_uuid(), ${rows[0]?.id}::uuid, ${provider}, ${index + 1}, false, 1, ${state}, ${latencyMs}, ${errorCode}, now())`.execute(
      db.sql(),
    );
}
