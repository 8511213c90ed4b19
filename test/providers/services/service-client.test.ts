import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ServiceClient } from '../../../src/providers/http/service-client.ts';
import { FakeService } from '../../fakes/fake-service.ts';

const RULES = {
  contentRejected: ['moderated'],
  quotaExceeded: ['no_credit'],
  invalidKey: ['key_expired'],
  temporary: ['busy'],
};
let fake: FakeService;
beforeAll(async () => {
  fake = await FakeService.start(() => ({ body: { fine: true } }));
});
afterAll(() => fake.close());

const client = (options: object = {}) =>
  new ServiceClient({
    service: 'STABILITY',
    baseUrl: fake.url,
    headers: { authorization: 'Bearer secret-key' },
    timeoutMs: 5_000,
    rules: RULES,
    ...options,
  });
const get = (options: object = {}) =>
  client(options).json(
    { method: 'GET', path: '/v1/engines', signal: new AbortController().signal },
    z.object({ fine: z.boolean() }),
  );

describe('A request to a service', () => {
  it('carries the key, and its JSON is checked', async () => {
    expect(await get()).toEqual({ fine: true });
    expect(fake.requests.at(-1)).toMatchObject({
      method: 'GET',
      path: '/v1/engines',
      headers: { authorization: 'Bearer secret-key' },
    });
  });

  it.each([
    [401, {}, 'STABILITY_INVALID_API_KEY', false],
    [403, {}, 'STABILITY_INVALID_API_KEY', false],
    [402, {}, 'STABILITY_QUOTA_EXCEEDED', false],
    [429, {}, 'STABILITY_RATE_LIMITED', true],
    [429, { error: { code: 'no_credit' } }, 'STABILITY_QUOTA_EXCEEDED', false],
    [403, { name: 'moderated' }, 'STABILITY_CONTENT_REJECTED', false],
    [400, { detail: { status: 'key_expired' } }, 'STABILITY_INVALID_API_KEY', false],
    [400, { error: { details: [{ reason: 'KEY_EXPIRED' }] } }, 'STABILITY_INVALID_API_KEY', false],
    [400, [{ error: { details: [{ reason: 'KEY_EXPIRED' }] } }], 'STABILITY_INVALID_API_KEY', false],
    [400, { error: { code: 'busy' } }, 'STABILITY_API_ERROR', true],
    [400, { error: 'text' }, 'STABILITY_API_ERROR', false],
    [404, '<html>gone</html>', 'STABILITY_API_ERROR', false],
    [302, '', 'STABILITY_API_ERROR', false],
    [500, {}, 'STABILITY_API_ERROR', true],
    [529, {}, 'STABILITY_API_ERROR', true],
    [408, {}, 'STABILITY_API_ERROR', true],
  ])('that is answered with %i and %o fails with %s (retriable: %s)', async (status, body, code, retriable) => {
    fake.replyWith({ status, body });
    await expect(get()).rejects.toMatchObject({ code, retriable });
  });

  it('repeats an identifier of the service, and never its sentences', async () => {
    fake.replyWith({ status: 400, body: { error: { code: 'model_not_found', message: 'no model for secret-key' } } });
    await expect(get()).rejects.toThrow(/^Stability AI did not accept the request \(400, model_not_found\)/);
  });

  it('says how long a limit lasts', async () => {
    fake.replyWith({ status: 429, headers: { 'retry-after': '7' } });
    await expect(get()).rejects.toMatchObject({ retryAfterSeconds: 7 });
  });

  it.each([
    ['34.074824224s', 35],
    ['0s', 0],
    ['soon', undefined],
  ])("says how long a limit lasts by Google's RetryInfo of %s", async (retryDelay, seconds) => {
    fake.replyWith({ status: 429, body: { error: { details: [{ reason: 'LIMIT' }, { retryDelay }] } } });
    const error = await get().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'STABILITY_RATE_LIMITED', retryAfterSeconds: seconds });
  });

  it('never follows a redirect, which would carry the key to another host', async () => {
    fake.replyWith({ status: 302, headers: { location: `${fake.url}/elsewhere` } });
    await expect(get()).rejects.toMatchObject({ code: 'STABILITY_API_ERROR' });
    expect(fake.requests.at(-1)?.path).toBe('/v1/engines');
  });

  it('takes an answer of the largest size, and none above it', async () => {
    expect(await get({ maxBytes: 13 })).toEqual({ fine: true });
    await expect(get({ maxBytes: 12 })).rejects.toMatchObject({ code: 'STABILITY_TIMEOUT' });
  });
});
