import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../src/errors.ts';
import type { CallContext, ContentProvider } from '../../../src/providers/provider.ts';
import { readServiceSettings, type ServiceSettings } from '../../../src/service-settings.ts';
import { type FakeHandler, type FakeReply, FakeService } from '../../fakes/fake-service.ts';

/** A key that must never appear in an error. */
export const TEST_KEY = 'test-key-7f3a9c1e5b';

export function contextOf(overrides: Partial<CallContext> = {}): CallContext {
  return { signal: new AbortController().signal, onStarted: async () => undefined, ...overrides };
}

/** The settings of a service from environment variables, which name the fake's address and key by default. */
export function settingsOf(
  service: ServiceSettings['service'],
  url: string,
  env: Readonly<Record<string, string>> = {},
): ServiceSettings {
  const problems: { setting: string; message: string }[] = [];
  const all = readServiceSettings(
    { [`${service}_API_KEY`]: TEST_KEY, [`${service}_BASE_URL`]: url, [`${service}_TIMEOUT_MS`]: '60000', ...env },
    problems,
  );
  expect(problems).toEqual([]);
  return all[service];
}

export interface RefusalCase {
  /** What the service documents, e.g. "a wrong key". */
  readonly what: string;
  readonly reply: Exclude<FakeReply, string>;
  readonly code: ErrorCode;
  readonly retriable?: boolean;
  readonly retryAfterSeconds?: number;
}

export interface AdapterContract<Request, Content> {
  readonly service: ServiceSettings['service'];
  /** Answers well-formed requests as the service does, and fails on others. */
  readonly handler: FakeHandler;
  /** What the service's base URL ends with, e.g. "/v1". */
  readonly basePath?: string;
  /** Replies to the requests before the one that costs money, which cost nothing. */
  readonly repliesBefore?: readonly FakeReply[];
  /** Further settings, e.g. a region. */
  readonly env?: Readonly<Record<string, string>>;
  make(settings: ServiceSettings): ContentProvider<Request, Content>;
  readonly request: Request;
  /** A text of the request that must not appear in errors. */
  readonly secretText: string;
  readonly refusals: readonly RefusalCase[];
}

/** What every adapter must do, whatever its service: run inside a `describe` of the adapter's own tests. */
export function itKeepsTheContract<Request, Content>(contract: AdapterContract<Request, Content>): void {
  const { service, handler, make, request, env, secretText, basePath = '', repliesBefore = [] } = contract;
  let fake: FakeService;
  beforeAll(async () => {
    fake = await FakeService.start(handler);
  });
  afterEach(() => {
    fake.handleWith(handler);
  });
  afterAll(() => fake.close());

  const provider = (more: Readonly<Record<string, string>> = {}) =>
    make(settingsOf(service, `${fake.url}${basePath}`, { ...env, ...more }));
  const replyWith = (reply: FakeReply) => fake.replyWith(...repliesBefore, reply);
  const failure = async (call: Promise<unknown>): Promise<AppError> => {
    const error = await call.then(
      () => expect.fail('the call succeeded'),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof AppError)) throw error;
    const everything = `${error.message} ${JSON.stringify(error)} ${error.stack ?? ''}`;
    expect(everything).not.toContain(TEST_KEY);
    expect(everything).not.toContain(secretText);
    return error;
  };

  describe('like every adapter', () => {
    it.each(contract.refusals)('tells $what as $code', async ({ reply, code, retriable, retryAfterSeconds }) => {
      const before = fake.requests.length;
      replyWith(reply);
      const error = await failure(provider().call(request, contextOf()));
      expect(error).toMatchObject({
        code,
        ...(retriable === undefined ? {} : { retriable }),
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      });
      expect(fake.requests.length - before, 'sends one request and leaves retries to the caller').toBe(
        repliesBefore.length + 1,
      );
    });

    it.each<FakeReply>(['hang up', 'break off'])('counts an answer that is missing as lost: %s', async (reply) => {
      replyWith(reply);
      expect(await failure(provider().call(request, contextOf()))).toMatchObject({ code: `${service}_TIMEOUT` });
    });

    it('ends a call that takes longer than its time limit', async () => {
      replyWith('hang');
      const slow = provider({ [`${service}_TIMEOUT_MS`]: '150' });
      expect(await failure(slow.call(request, contextOf()))).toMatchObject({ code: `${service}_TIMEOUT` });
    });

    it('fails without a request where the service cannot be reached', async () => {
      const gone = await FakeService.start(handler);
      const { url } = gone;
      await gone.close();
      const unreachable = make(settingsOf(service, `${url}${basePath}`, env));
      const error = await failure(unreachable.call(request, contextOf()));
      expect(error).toMatchObject({ code: `${service}_API_ERROR`, retriable: true });
    });

    it.each(['not JSON', '{}', '[]', 'null'])('refuses an answer in an unknown form: %s', async (body) => {
      fake.handleWith(() => ({ headers: { 'content-type': 'application/json' }, body }));
      expect(await failure(provider().call(request, contextOf()))).toMatchObject({ code: `${service}_API_ERROR` });
    });

    it('closes the connection when the caller aborts, and throws its reason', async () => {
      const before = fake.requests.length;
      replyWith('hang');
      const abort = new AbortController();
      // Longer than the test: its end is no help.
      const patient = provider({ [`${service}_TIMEOUT_MS`]: '3600000' });
      const failed = failure(patient.call(request, contextOf({ signal: abort.signal })));
      await expect.poll(() => fake.requests.length).toBe(before + repliesBefore.length + 1);
      abort.abort(new AppError('CANCELED', 'Stop.'));
      expect(await failed).toMatchObject({ code: 'CANCELED' });
      await fake.requests.at(-1)?.aborted;
    });

    it('sends nothing for a caller that has already aborted', async () => {
      const before = fake.requests.length;
      const signal = AbortSignal.abort(new AppError('CANCELED', 'Stop.'));
      expect(await failure(provider().call(request, contextOf({ signal })))).toMatchObject({ code: 'CANCELED' });
      expect(fake.requests.length).toBe(before);
    });
  });
}
