import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { redrawn } from '../../../src/drawing/foreign-picture.ts';
import { AppError } from '../../../src/errors.ts';
import type { PictureRequest } from '../../../src/providers/pictures/picture-request.ts';
import { PriceTable } from '../../../src/providers/prices/price-table.ts';
import { replicateImages } from '../../../src/providers/replicate/replicate-images.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { FLUX_MODEL, ID, predictionOf, replicate, succeeded } from '../../fakes/replicate.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';

const REQUEST: PictureRequest = {
  prompt: 'The sunken bell of Vineta',
  visualStyle: 'copper engraving',
  width: 1_280,
  height: 720,
  captionSafeHeight: 100,
};
const pauses: number[] = [];
const pause = async (milliseconds: number) => void pauses.push(milliseconds);
const make = (settings: ServiceSettings) => replicateImages(settings, { check: redrawn, pause });

// One for each test: replies that a test has not used would be given to the next.
let fake: FakeService;
beforeEach(async () => {
  fake = await FakeService.start(replicate);
  pauses.length = 0;
});
afterEach(() => fake.close());

const settings = (env: Readonly<Record<string, string>> = {}) => settingsOf('REPLICATE', `${fake.url}/v1`, env);
const provider = (env: Readonly<Record<string, string>> = {}) => make(settings(env));
const asked = () => fake.requests.map(({ method, path }) => `${method} ${path}`);
/** The machine may be busy. */
const PATIENT = { timeout: 60_000 };
const MODEL = 'GET /v1/models/black-forest-labs/flux-schnell';
const CREATE = 'POST /v1/predictions';
const POLL = `GET /v1/predictions/${ID}`;
const CANCEL = `POST /v1/predictions/${ID}/cancel`;
const FILE = 'GET /files/out-0.jpg';
/** Replies to model, creation and then polls. */
const replyToPolls = (...states: readonly object[]) =>
  fake.replyWith(
    { body: FLUX_MODEL },
    { status: 201, body: predictionOf('starting') },
    ...states.map((body) => ({ body })),
  );
const problem = (status: number, title: string) => ({
  status,
  body: { title, detail: `About ${TEST_KEY} and Vineta.`, status },
});

describe('Pictures by Replicate', () => {
  itKeepsTheContract({
    service: 'REPLICATE',
    basePath: '/v1',
    handler: replicate,
    make,
    request: REQUEST,
    secretText: 'Vineta',
    repliesBefore: [{ body: FLUX_MODEL }],
    refusals: [
      {
        what: 'a wrong key',
        reply: problem(401, 'Unauthenticated'),
        code: 'REPLICATE_INVALID_API_KEY',
        retriable: false,
      },
      {
        what: 'an account without credit',
        reply: problem(402, 'Insufficient credit'),
        code: 'REPLICATE_QUOTA_EXCEEDED',
      },
      {
        what: 'an input that the model does not take',
        reply: problem(422, 'Input validation failed'),
        code: 'REPLICATE_API_ERROR',
        retriable: false,
      },
      {
        what: 'too many requests',
        reply: { ...problem(429, 'Too many requests'), headers: { 'retry-after': '3' } },
        code: 'REPLICATE_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 3,
      },
      { what: 'a fault', reply: problem(500, 'Internal'), code: 'REPLICATE_API_ERROR', retriable: true },
      {
        what: 'a picture that the model takes for indecent',
        reply: {
          status: 201,
          body: predictionOf('failed', { error: 'NSFW content detected. Try running it again. Vineta' }),
        },
        code: 'REPLICATE_CONTENT_REJECTED',
        retriable: false,
      },
      {
        what: 'a prompt that is flagged',
        reply: { status: 201, body: predictionOf('failed', { error: 'The input was flagged as sensitive (E005)' }) },
        code: 'REPLICATE_CONTENT_REJECTED',
      },
      {
        what: 'a model that fails',
        reply: { status: 201, body: predictionOf('failed', { error: 'CUDA out of memory: Vineta' }) },
        code: 'REPLICATE_API_ERROR',
        retriable: true,
      },
      {
        what: 'a prediction that was canceled elsewhere',
        reply: { status: 201, body: predictionOf('canceled') },
        code: 'REPLICATE_API_ERROR',
        retriable: true,
      },
      {
        what: 'a prediction whose output is gone',
        reply: { status: 201, body: predictionOf('succeeded') },
        code: 'REPLICATE_API_ERROR',
        retriable: false,
      },
    ],
  });

  it('are started, stored before the first question, asked for, and downloaded without the key', async () => {
    const onStarted = vi.fn(async () => {
      expect(asked()).toEqual([MODEL, CREATE]);
    });
    expect(await provider().call(REQUEST, contextOf({ onStarted }))).toEqual({
      content: { bytes: expect.any(Uint8Array), contentType: 'image/jpeg', width: 256, height: 144 },
      model: 'black-forest-labs/flux-schnell',
      usage: { images: 1, seconds: 0.652 },
    });
    expect(onStarted).toHaveBeenCalledExactlyOnceWith(ID);
    expect(asked()).toEqual([MODEL, CREATE, POLL, FILE]);
    expect(fake.requests[1]?.json()).toEqual({
      version: 'black-forest-labs/flux-schnell',
      input: {
        prompt: expect.stringMatching(/^The sunken bell of Vineta\. Style: copper engraving\. .* no words, letters/),
        aspect_ratio: '16:9',
        output_format: 'jpg',
        num_outputs: 1,
      },
    });
  });

  it('are asked for after half a second, and then less and less often', async () => {
    replyToPolls(...Array.from({ length: 9 }, () => predictionOf('processing')));
    await provider().call(REQUEST, contextOf());
    expect(pauses).toEqual([500, 750, 1_125, 1_687.5, 2_531.25, 3_796.875, 5_000, 5_000, 5_000, 5_000]);
  });

  it('are continued with the id of a call that was interrupted, and nothing is started', async () => {
    const onStarted = vi.fn(async () => undefined);
    const { usage } = await provider().call(REQUEST, contextOf({ startedId: ID, onStarted }));
    expect(usage).toEqual({ images: 1, seconds: 0.652 });
    expect(asked()).toEqual([POLL, FILE]);
    expect(onStarted).not.toHaveBeenCalled();
    expect(pauses).toEqual([]);
  });

  it('fail where the interrupted call is unknown to Replicate', async () => {
    fake.replyWith(problem(404, 'Not found'));
    const failing = provider().call(REQUEST, contextOf({ startedId: '../account' }));
    await expect(failing).rejects.toMatchObject({ code: 'REPLICATE_API_ERROR', retriable: false });
    expect(asked()).toEqual(['GET /v1/predictions/..%2Faccount']);
  });

  it('are asked for again where Replicate has a fault meanwhile', async () => {
    fake.replyWith(
      { body: FLUX_MODEL },
      { status: 201, body: predictionOf('starting') },
      problem(502, 'Bad'),
      'hang up',
    );
    await provider().call(REQUEST, contextOf());
    expect(asked()).toEqual([MODEL, CREATE, POLL, POLL, POLL, FILE]);
  });

  it('are canceled where the id cannot be stored', async () => {
    const lost = new AppError('LEASE_LOST', 'Gone.');
    const onStarted = () => Promise.reject(lost);
    await expect(provider().call(REQUEST, contextOf({ onStarted }))).rejects.toBe(lost);
    expect(asked()).toEqual([MODEL, CREATE, CANCEL]);
  });

  it.each([
    ['are canceled when the caller aborts', new AppError('CANCELED', 'Stop.'), [MODEL, CREATE, POLL, CANCEL]],
    [
      'go on while the process stops, since it continues them later',
      new AppError('CANCELED', 'The worker is stopping.', { retriable: true }),
      [MODEL, CREATE, POLL],
    ],
  ])('%s', async (_, reason, expected) => {
    fake.replyWith({ body: FLUX_MODEL }, { status: 201, body: predictionOf('starting') }, 'hang');
    const abort = new AbortController();
    const failed = expect(provider().call(REQUEST, contextOf({ signal: abort.signal }))).rejects.toBe(reason);
    await expect.poll(asked, PATIENT).toEqual([MODEL, CREATE, POLL]);
    abort.abort(reason);
    await failed;
    expect(asked()).toEqual(expected);
  });

  it('end without a long wait when the caller aborts and Replicate is silent', async () => {
    fake.replyWith({ body: FLUX_MODEL }, { status: 201, body: predictionOf('starting') }, 'hang', 'hang');
    const abort = new AbortController();
    const failed = expect(provider().call(REQUEST, contextOf({ signal: abort.signal }))).rejects.toMatchObject({
      code: 'CANCELED',
    });
    await expect.poll(asked, PATIENT).toEqual([MODEL, CREATE, POLL]);
    abort.abort(new AppError('CANCELED', 'Stop.'));
    await failed;
    expect(asked()).toEqual([MODEL, CREATE, POLL, CANCEL]);
  });

  it('have one time limit from the creation to the file, and go on after it', async () => {
    const slow = replicateImages(settings({ REPLICATE_TIMEOUT_MS: '700' }), { check: redrawn });
    replyToPolls(...Array.from({ length: 9 }, () => predictionOf('processing')));
    await expect(slow.call(REQUEST, contextOf())).rejects.toMatchObject({ code: 'REPLICATE_TIMEOUT', retriable: true });
    expect(asked()).not.toContain(CANCEL);
    fake.handleWith(replicate);
    fake.replyWith({ body: succeeded({ headers: { host: new URL(fake.url).host } }) }, 'hang');
    await expect(slow.call(REQUEST, contextOf({ startedId: ID }))).rejects.toMatchObject({ code: 'REPLICATE_TIMEOUT' });
  });

  it.each([
    ['within the network', 'https://169.254.169.254/a.jpg'],
    ['without encryption', 'http://replicate.delivery/a.jpg'],
  ])('are not downloaded from a link %s, and are billed', async (_, link) => {
    replyToPolls(predictionOf('succeeded', { output: link, metrics: { predict_time: 2.5 } }));
    await expect(provider().call(REQUEST, contextOf())).rejects.toMatchObject({
      code: 'FILE_DOWNLOAD_FAILED',
      retriable: false,
      cause: { model: 'black-forest-labs/flux-schnell', usage: { images: 1, seconds: 2.5 } },
    });
  });

  it.each([
    ['failed', { error: 'nsfw' }, 'REPLICATE_CONTENT_REJECTED', { seconds: 4 }],
    ['failed', { error: null }, 'REPLICATE_API_ERROR', { seconds: 4 }],
    ['aborted', {}, 'REPLICATE_API_ERROR', { seconds: 4 }],
    ['succeeded', { output: { text: 'none' } }, 'REPLICATE_API_ERROR', { images: 1, seconds: 4 }],
  ])('are billed by the time of a prediction that has %s with %o', async (status, more, code, usage) => {
    replyToPolls(predictionOf(status, { ...more, metrics: { predict_time: 4 } }));
    await expect(provider().call(REQUEST, contextOf())).rejects.toMatchObject({ code, cause: { usage } });
  });

  it('lose nothing where the description of the model is missing', async () => {
    fake.replyWith('hang up');
    await expect(provider().call(REQUEST, contextOf())).rejects.toMatchObject({
      code: 'REPLICATE_API_ERROR',
      retriable: true,
    });
  });

  it('are made by a model of the community in its latest version, or in the one that is set', async () => {
    const version = 'a'.repeat(64);
    const created = { status: 201, body: predictionOf('succeeded', { output: `${fake.url}/files/out-0.jpg` }) };
    fake.replyWith({ body: { latest_version: { id: version } } }, created);
    await provider({ REPLICATE_IMAGE_MODEL: 'someone/painter' }).call(REQUEST, contextOf());
    expect(fake.requests[1]?.json()).toMatchObject({ version, input: { prompt: expect.any(String) } });
    fake.requests.length = 0;
    fake.replyWith({ body: { id: version, openapi_schema: null } }, created);
    const pinned = provider({ REPLICATE_IMAGE_MODEL: `someone/painter:${version}` });
    expect(pinned.models).toEqual(['someone/painter']);
    await pinned.call(REQUEST, contextOf());
    expect(asked()).toEqual([`GET /v1/models/someone/painter/versions/${version}`, CREATE, FILE]);
    expect(fake.requests[1]?.json()).toMatchObject({ version });
  });

  it.each(['painter', 'a/b/c', 'someone/painter:latest'])('need the name of a model: %s', (model) => {
    expect(() => provider({ REPLICATE_IMAGE_MODEL: model })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });

  it('have a price', () => {
    const prices = PriceTable.read('data/prices.json');
    expect(prices.costOf('replicate', 'black-forest-labs/flux-schnell', { images: 1, seconds: 0.652 })).toBe(30);
    expect(provider().mostUsage(REQUEST)).toEqual({ images: 1, seconds: 60 });
  });
});
