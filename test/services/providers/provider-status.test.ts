import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProviderWatch } from '../../../src/services/providers/provider-watch.ts';
import { AnswerErrors, Client, type Transport } from '../../helpers/client.ts';
import { useApp } from '../../helpers/fixtures.ts';
import {
  LogoutDocument,
  ProviderStatesDocument,
  ProviderStatusChangedDocument,
  SetProviderEnabledDocument,
  TestProviderDocument,
} from '../../helpers/generated/documents.ts';
import { until } from '../../helpers/until.ts';
import { addGeneration, providerServicesOn } from './provider-setup.ts';

const app = useApp({ worker: false, settings: { GROQ_API_KEY: 'gsk-secret' } });
let operator: Client;
let ann: Client;
beforeAll(async () => {
  [operator, ann] = await Promise.all([app.signedIn('operator', 'SUPER_ADMIN'), app.signedIn('ann')]);
});

const opened = () => vi.spyOn(ProviderWatch.prototype, 'open');
let open: ReturnType<typeof opened>;
beforeEach(() => {
  open = opened();
});
afterEach(() => open.mockRestore());

/** Watches all providers, or one, from now on. */
async function watching(client: Client, name: string | null = null, transport: Transport = 'socket') {
  const streams = () => open.mock.settledResults.filter(({ type }) => type === 'fulfilled').length;
  const before = streams();
  const watch = client.watch(ProviderStatusChangedDocument, { name }, transport);
  await until('the stream is open', () => streams() > before);
  return watch;
}

const setEnabled = async (name: string, enabled: boolean) =>
  (await operator.ask(SetProviderEnabledDocument, { name, enabled })).setProviderEnabled;

describe.each<Transport>(['socket', 'stream'])('Watching providers over a %s', (transport) => {
  it('sends a provider as the list shows it, each time that an operator disables or enables it', async () => {
    const all = await watching(ann, null, transport);
    const one = await watching(ann, 'polly', transport);
    await setEnabled('groq', false);
    const { providerStatusChanged } = await all.sees(() => true);
    const { providers } = await ann.ask(ProviderStatesDocument, {});
    expect(providerStatusChanged).toEqual(providers?.find(({ name }) => name === 'groq'));
    expect(providerStatusChanged).toMatchObject({ name: 'groq', enabled: false, configured: true });
    await setEnabled('groq', true);
    await all.sees(({ providerStatusChanged: seen }) => seen.name === 'groq' && seen.enabled);
    await setEnabled('polly', false);
    await one.sees(() => true);
    expect(one.events).toMatchObject([{ providerStatusChanged: { name: 'polly', enabled: false } }]);
    await setEnabled('polly', true);
    for (const watch of [all, one]) {
      watch.leave();
      await watch.ended();
    }
  });

  it('is refused to guests, and for a name that there is not', async () => {
    for (const [client, name, code] of [
      [new Client(app.url, null), null, 'UNAUTHENTICATED'],
      [ann, 'easel', 'BAD_USER_INPUT'],
    ] as const) {
      const end = await client.watch(ProviderStatusChangedDocument, { name }, transport).ended();
      expect(end instanceof AnswerErrors && end.codes).toEqual([code]);
    }
  });
});

describe('Watching providers', () => {
  it('shows the circuit that another process has opened, and health, which follows from calls', async () => {
    const watch = await watching(ann, 'groq');
    const elsewhere = providerServicesOn(app.installation.db).providerStates;
    await elsewhere.failed('groq', 'GROQ_INVALID_API_KEY');
    await watch.sees(({ providerStatusChanged: { circuit } }) => circuit === 'OPEN');
    await sql`update provider_states set retry_at = now() - interval '1 second' where name = 'groq'`.execute(
      app.installation.db.sql(),
    );
    await watch.sees(({ providerStatusChanged: { circuit } }) => circuit === 'HALF_OPEN');
    await addGeneration(app.installation.db, [{ provider: 'groq', state: 'REFUSED', errorCode: 'GROQ_API_ERROR' }]);
    const last = await watch.sees(({ providerStatusChanged: { health } }) => health === 'UNHEALTHY');
    expect(last).toMatchObject({ providerStatusChanged: { circuit: 'HALF_OPEN' } });
    watch.leave();
    await watch.ended();
  });

  it('ends when its session does', async () => {
    const bob = await app.signedIn('bob');
    const watch = await watching(bob);
    await bob.ask(LogoutDocument, { everywhere: false });
    await watch.ended();
    expect(watch.events).toEqual([]);
  });
});

describe('An operator', () => {
  it('gets an error for a name that there is not', async () => {
    expect(await setEnabled('easel', false)).toEqual({
      provider: null,
      userErrors: [{ code: 'NOT_FOUND', message: 'There is no provider easel.', field: ['name'] }],
    });
  });

  it('tests the built-in provider, which divides the text of the prompt', async () => {
    const { testProvider } = await operator.ask(TestProviderDocument, { name: 'local', prompt: 'Bees dance.' });
    expect(testProvider).toEqual({
      ok: true,
      latencyMs: expect.any(Number),
      message: expect.stringMatching(/^local answered in \d+ ms\.$/),
      reply: 'Bees dance.',
      userErrors: [],
    });
  });

  it('learns what to set where a provider has no key', async () => {
    const { testProvider } = await operator.ask(TestProviderDocument, { name: 'openai' });
    const message = 'The provider openai is not configured: set OPENAI_API_KEY.';
    expect(testProvider).toEqual({
      ok: false,
      latencyMs: null,
      message: 'The provider was not called.',
      reply: null,
      userErrors: [{ code: 'PROVIDER_UNAVAILABLE', message, field: ['name'] }],
    });
  });
});
