import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { presenterChecker } from '../../../src/media/presenter/check-presenter.ts';
import { Ffmpeg } from '../../../src/media/process/ffmpeg.ts';
import { type CheckPresenter, dIdPresenter } from '../../../src/providers/d-id/d-id-presenter.ts';
import type { PresenterRequest } from '../../../src/providers/ports.ts';
import { PriceTable } from '../../../src/providers/prices/price-table.ts';
import { wavFile } from '../../../src/providers/voices/sound/pcm.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { FakeDId, talkOf } from '../../fakes/d-id.ts';
import { type FakeReply, FakeService } from '../../fakes/fake-service.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';

const SECONDS = 2;
const SOUND = wavFile([new Int16Array(16_000 * SECONDS)], 16_000);
const REQUEST: PresenterRequest = {
  narration: 'The sunken bell of Vineta',
  sound: async () => SOUND,
  soundHash: 'a hash',
  seconds: SECONDS,
};
const CHECKED = { bytes: new Uint8Array([1]), width: 512, height: 512, durationSeconds: SECONDS };
const pause = async () => undefined;
const trusting: CheckPresenter = async () => CHECKED;
const make = (settings: ServiceSettings, check = trusting) => dIdPresenter(settings, { check, pause });

let dId: FakeDId;
let fake: FakeService;
beforeEach(async () => {
  dId = new FakeDId();
  fake = await FakeService.start(dId.handler);
});
afterEach(() => fake.close());

const provider = (env: Readonly<Record<string, string>> = {}, check = trusting) =>
  make(settingsOf('D_ID', fake.url, env), check);
const asked = () => fake.requests.map(({ method, path }) => `${method} ${path}`);
const UPLOADED: FakeReply = { status: 201, body: { url: 's3://d-id-audios-prod/0.wav', id: 'a', duration: SECONDS } };
const CREATED: FakeReply = { status: 201, body: talkOf('tlk_0', 'created') };
const replyToPolls = (...replies: readonly FakeReply[]) => fake.replyWith(UPLOADED, CREATED, ...replies);
const failed = (kind: string): FakeReply => ({
  body: talkOf('tlk_0', 'error', { error: { kind, description: 'About Vineta.' } }),
});
const problem = (status: number, kind: string) => ({ status, body: { kind, description: `${TEST_KEY} and Vineta.` } });
const whole = presenterChecker(new Ffmpeg(), join(tmpdir(), 'd-id-work'));

describe('Presenters by D-ID', () => {
  itKeepsTheContract({
    service: 'D_ID',
    handler: (request) => new FakeDId().handler(request),
    make,
    request: REQUEST,
    secretText: 'Vineta',
    repliesBefore: [UPLOADED],
    refusals: [
      {
        what: 'a wrong key',
        reply: problem(401, 'AuthorizationError'),
        code: 'D_ID_INVALID_API_KEY',
        retriable: false,
      },
      { what: 'a key without the right', reply: problem(403, 'PermissionError'), code: 'D_ID_INVALID_API_KEY' },
      {
        what: 'an account without credits',
        reply: problem(402, 'InsufficientCreditsError'),
        code: 'D_ID_QUOTA_EXCEEDED',
      },
      {
        what: 'a picture that it cannot use',
        reply: problem(400, 'ValidationError'),
        code: 'D_ID_API_ERROR',
        retriable: false,
      },
      {
        what: 'what its rules forbid',
        reply: problem(451, 'LegalError'),
        code: 'D_ID_CONTENT_REJECTED',
        retriable: false,
      },
      { what: 'a text that it moderates', reply: problem(400, 'TextModerationError'), code: 'D_ID_CONTENT_REJECTED' },
      {
        what: 'too many requests',
        reply: { ...problem(429, 'TooManyRequestsError'), headers: { 'retry-after': '3' } },
        code: 'D_ID_RATE_LIMITED',
        retriable: true,
        retryAfterSeconds: 3,
      },
      { what: 'a fault', reply: problem(500, 'UnknownError'), code: 'D_ID_API_ERROR', retriable: true },
    ],
  });

  it('speak our sound: uploaded, started, stored before the first question, asked for, and downloaded without the key', async () => {
    const onStarted = vi.fn(async () => {
      expect(asked()).toEqual(['POST /audios', 'POST /talks']);
    });
    expect(await provider({}, whole).call(REQUEST, contextOf({ onStarted }))).toEqual({
      content: { bytes: expect.any(Uint8Array), width: 512, height: 512, durationSeconds: SECONDS },
      model: 'talks',
      usage: { seconds: 15 },
    });
    expect(onStarted).toHaveBeenCalledExactlyOnceWith('tlk_0');
    expect(dId.talks).toEqual([{ id: 'tlk_0', seconds: SECONDS, sourceUrl: expect.stringContaining('Noelle_f') }]);
    expect(asked().slice(2)).toEqual(['GET /talks/tlk_0', 'GET /files/tlk_0.mp4']);
  }, 60_000);

  it('have the face of the picture that is asked for', async () => {
    const imageUrl = 'https://pictures.example.org/ann.png';
    await provider().call({ ...REQUEST, imageUrl }, contextOf());
    expect(dId.talks[0]?.sourceUrl).toBe(imageUrl);
  });

  it('that an interrupted call has started are found again, and not started anew', async () => {
    dId.talks.push({ id: 'tlk_0', seconds: 20, sourceUrl: '' });
    const onStarted = vi.fn();
    const request = { ...REQUEST, seconds: 20 };
    const answer = await provider().call(request, contextOf({ startedId: 'tlk_0', onStarted }));
    expect(answer.usage).toEqual({ seconds: 30 });
    expect(asked()).toEqual(['GET /talks/tlk_0', 'GET /files/tlk_0.mp4']);
    expect(onStarted).not.toHaveBeenCalled();
  });

  it('are waited for while the service cannot say how far they are', async () => {
    replyToPolls({ body: talkOf('tlk_0', 'created') }, problem(503, 'Busy'), 'hang up', {
      body: talkOf('tlk_0', 'started'),
    });
    dId.talks.push({ id: 'tlk_0', seconds: SECONDS, sourceUrl: '' });
    expect((await provider().call(REQUEST, contextOf())).content).toEqual(CHECKED);
  });

  it('cost a credit for each fifteen seconds, of which the most is reserved before', () => {
    const prices = PriceTable.read('data/prices.json');
    const cost = (seconds: number) => prices.costOf('d_id', 'talks', provider().mostUsage({ ...REQUEST, seconds }));
    expect([cost(2), cost(14.5), cost(29)]).toEqual([4001, 8001, 8001]);
    expect(provider().usualUsage?.({ ...REQUEST, seconds: 14.5 })).toEqual({ seconds: 15 });
  });

  it('are not asked for where a scene is longer than five minutes', () => {
    expect(provider().unsuitable(REQUEST)).toBeUndefined();
    expect(provider().unsuitable({ ...REQUEST, seconds: 301 })).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
  });

  it.each<[string, FakeReply, object]>([
    ['no face in the picture', failed('FaceError'), { code: 'D_ID_API_ERROR', retriable: false }],
    ['a picture that does not load', failed('SourceError'), { code: 'D_ID_API_ERROR', retriable: false }],
    ['a fault', failed('UnknownError'), { code: 'D_ID_API_ERROR', retriable: true }],
    ['forbidden sound', failed('AudioModerationError'), { code: 'D_ID_CONTENT_REJECTED', retriable: false }],
    ['a rejected talk', { body: talkOf('tlk_0', 'rejected') }, { code: 'D_ID_CONTENT_REJECTED' }],
  ])('end with %s: nothing is billed', async (_, reply, expected) => {
    replyToPolls(reply);
    const error = await provider()
      .call(REQUEST, contextOf())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(expected);
    expect(error).not.toHaveProperty('cause.usage');
    expect(String(error)).not.toContain('Vineta');
  });

  it.each([
    ['a private address', 'https://10.0.0.1/talk.mp4', 'FILE_DOWNLOAD_FAILED'],
    ['this machine', 'http://127.0.0.1:1/talk.mp4', 'FILE_DOWNLOAD_FAILED'],
    ['a file', 'file:///etc/passwd', 'FILE_DOWNLOAD_FAILED'],
    ['nothing', undefined, 'D_ID_API_ERROR'],
  ])('whose link leads to %s are not followed, and billed by our sound', async (_, link, code) => {
    replyToPolls({ body: talkOf('tlk_0', 'done', { duration: 3_600, ...(link && { result_url: link }) }) });
    await expect(provider().call(REQUEST, contextOf())).rejects.toMatchObject({
      code,
      cause: { usage: { seconds: 15 } },
    });
    expect(asked()).toHaveLength(3);
  });

  it.each([
    ['a page', Buffer.from('<html>no video</html>')],
    ['a playlist', Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n')],
    ['half a video', undefined],
  ])(
    'of which the link gives %s cannot be used, and are billed',
    async (_, body) => {
      dId.talks.push({ id: 'tlk_0', seconds: SECONDS, sourceUrl: '' });
      const done = talkOf('tlk_0', 'done', { result_url: `${fake.url}/files/tlk_0.mp4` });
      const half = async () => {
        const reply = await fetch(`${fake.url}/files/tlk_0.mp4`);
        return Buffer.from(await reply.arrayBuffer()).subarray(0, 4_000);
      };
      const file = body ?? (await half());
      replyToPolls({ body: done }, { body: file });
      await expect(provider({}, whole).call(REQUEST, contextOf())).rejects.toMatchObject({
        code: 'D_ID_API_ERROR',
        retriable: false,
        cause: { usage: { seconds: 15 } },
      });
    },
    60_000,
  );

  it('that take longer than the time limit may have been paid for', async () => {
    fake.handleWith((request) =>
      request.method === 'GET' ? { body: talkOf('tlk_0', 'started') } : request.path === '/audios' ? UPLOADED : CREATED,
    );
    const slow = dIdPresenter(settingsOf('D_ID', fake.url, { D_ID_TIMEOUT_MS: '300' }), { check: trusting });
    const onStarted = vi.fn(async () => undefined);
    await expect(slow.call(REQUEST, contextOf({ onStarted }))).rejects.toMatchObject({ code: 'D_ID_TIMEOUT' });
    expect(onStarted).toHaveBeenCalledOnce();
  });

  it('whose sound could not be uploaded may be asked for again: an upload costs nothing', async () => {
    fake.replyWith('hang up');
    await expect(provider().call(REQUEST, contextOf())).rejects.toMatchObject({
      code: 'D_ID_API_ERROR',
      retriable: true,
    });
  });

  it('go on where a full disk says nothing about them', async () => {
    const full: CheckPresenter = async () => {
      throw new AppError('DISK_SPACE_INSUFFICIENT', 'The disk is full.');
    };
    await expect(provider({}, full).call(REQUEST, contextOf())).rejects.toMatchObject({
      code: 'DISK_SPACE_INSUFFICIENT',
    });
  });
});
