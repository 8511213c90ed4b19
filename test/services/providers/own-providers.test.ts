import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { externalProviders } from '../../../src/composition/external-providers.ts';
import { keyFormsOf, OwnProviders } from '../../../src/composition/own-providers.ts';
import { pricesOf } from '../../../src/composition/prices.ts';
import type { Database } from '../../../src/db/database.ts';
import type { Providers } from '../../../src/providers/ports.ts';
import { readServiceSettings } from '../../../src/service-settings.ts';
import type { UsableKey } from '../../../src/services/providers/provider-key.service.ts';
import { dIdCredits } from '../../fakes/d-id-credits.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { polly } from '../../fakes/polly.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { TEST_KEY } from '../../providers/services/adapter-contract.ts';
import { DETECTOR } from '../../providers/services/writing.ts';

const none: Providers = { text: [], speech: [], image: [], analysis: [] };
const unused = () => Promise.reject(new Error('not called'));
const ports = { checkPicture: unused, checkPresenter: unused, decodeSound: unused, languages: DETECTOR };
const { signal } = new AbortController();

let db: Database;
let fake: FakeService;
beforeAll(async () => {
  db = await createTestDatabase();
  fake = await FakeService.start(polly);
});
afterAll(async () => {
  await fake.close();
  await db.close();
});

const ownWith = (env: Record<string, string>) => {
  const services = readServiceSettings(env, []);
  const external: ConstructorParameters<typeof OwnProviders>[0]['external'] = (own) => externalProviders(own, ports);
  return new OwnProviders({ services, installation: none, external });
};
const providersWith = (env: Record<string, string>, key: Omit<UsableKey, 'setAt'>) =>
  ownWith(env).of('ann', {
    usableKeys: async () => [{ ...key, setAt: new Date(0) }],
    isCurrent: async () => true,
  });

describe('The provider of a user’s own key', () => {
  it('for Polly signs with that key, its id and its region, and with nothing of the installation’s', async () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIDOFTHEINSTALLATION',
      AWS_SECRET_ACCESS_KEY: 'secret-of-the-installation',
      AWS_SESSION_TOKEN: 'token-of-the-installation',
      AWS_REGION: 'us-west-2',
      POLLY_BASE_URL: fake.url,
    };
    const key = { provider: 'polly', key: TEST_KEY, accessKeyId: 'AKIDTEST', region: 'eu-central-1' };
    const { speech } = await providersWith(env, key);
    expect(speech.map(({ name, ownKey }) => [name, ownKey])).toEqual([['polly', true]]);
    // The fake checks the signature.
    expect((await speech[0]?.voices('en', signal))?.length).toBeGreaterThan(0);
    const [request] = fake.requests;
    expect(request?.headers).not.toHaveProperty('x-amz-security-token');
  });

  it('for Azure Speech needs a region, its own or the installation’s', async () => {
    const key = { provider: 'azure_speech', key: TEST_KEY };
    expect((await providersWith({}, key)).speech).toEqual([]);
    expect((await providersWith({ AZURE_SPEECH_REGION: 'westeurope' }, key)).speech).toHaveLength(1);
    expect((await providersWith({}, { ...key, region: 'westeurope' })).speech).toHaveLength(1);
  });

  it('for D-ID makes presenters', async () => {
    const { avatar } = await providersWith({}, { provider: 'd_id', key: TEST_KEY });
    expect(avatar).toMatchObject([{ name: 'd_id', ownKey: true }]);
  });

  it('is none for a server of the user’s own, whatever is stored', async () => {
    const env = { OPENAI_COMPATIBLE_BASE_URL: fake.url, OPENAI_COMPATIBLE_TEXT_MODEL: 'm' };
    const { text } = await providersWith(env, { provider: 'openai_compatible', key: TEST_KEY });
    expect(text).toEqual([]);
  });

  it('for D-ID is tested by asking for its credits, which costs nothing', async () => {
    fake.handleWith(dIdCredits);
    const own = ownWith({ D_ID_BASE_URL: fake.url });
    const parts = { db, prices: pricesOf({ pricesFile: undefined }), metrics: { callEnded: () => undefined } };
    const tried = (key: string) => own.test(parts, 'ann', { provider: 'd_id', key });
    expect(await tried(TEST_KEY)).toBeNull();
    fake.handleWith(() => ({ status: 401, body: { message: 'Unauthorized' } }));
    expect(await tried('another-key-of-anns')).toMatchObject({ code: 'D_ID_INVALID_API_KEY' });
    expect(await db.sql().selectFrom('ai_generations').select('id').execute()).toEqual([]);
  });
});

describe('What users give for a key of their own', () => {
  const formOf = (env: Record<string, string>, provider: string) =>
    keyFormsOf(readServiceSettings(env, [])).find((form) => form.provider === provider);

  it('is a region where the installation has none', () => {
    expect(formOf({}, 'polly')).toEqual({ provider: 'polly', hasAccessKeyId: true, region: 'required' });
    expect(formOf({ AWS_REGION: 'eu-central-1' }, 'polly')).toMatchObject({ region: 'optional' });
    expect(formOf({}, 'azure_speech')).toMatchObject({ hasAccessKeyId: false, region: 'required' });
    expect(formOf({ AZURE_SPEECH_REGION: 'westeurope' }, 'azure_speech')).toMatchObject({ region: 'optional' });
    expect(formOf({}, 'd_id')).toEqual({ provider: 'd_id', hasAccessKeyId: false, region: 'none' });
  });

  it('is nothing for a server of one’s own, with the reason', () => {
    expect(formOf({}, 'openai_compatible')).toMatchObject({ refusal: expect.stringContaining('network') });
  });
});
