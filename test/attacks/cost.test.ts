import { beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../helpers/app.ts';
import { type Client } from '../helpers/client.ts';
import { useInstallation } from '../helpers/fixtures.ts';
import { fastPathUses } from '../server/both-ways.ts';
import { WAYS } from './ways.ts';

/** So slowly that few points come back while a test runs. */
const SETTINGS = { GRAPHQL_COST_LIMIT: '1000', GRAPHQL_COST_PER_SECOND: '1' };
const installation = useInstallation(SETTINGS);
let app: TestApp;
let other: TestApp;
beforeAll(async () => {
  [app, other] = await Promise.all([start(), start()]);
  return async () => {
    await app.close();
    await other.close();
  };
}, 120_000);

const start = () => TestApp.start({ installation, worker: false, settings: SETTINGS });

/** 1 + 20 points: 47 of them fit into a bucket, and one or two more into what comes back meanwhile. */
const LIST = '{ videos { nodes { id } } }';
const VOICES = '{ voices { id } }';

/** The codes of operations in a row that ends with the first refusal. */
async function until429(ask: () => Promise<{ text: string }>, most = 100): Promise<{ answered: number; last: string }> {
  for (let answered = 0; answered < most; answered++) {
    const { text } = await ask();
    if (text.includes('RATE_LIMITED')) return { answered, last: text };
  }
  return { answered: most, last: '' };
}

function expectFullBucket(answered: number): void {
  expect(answered).toBeGreaterThanOrEqual(47);
  expect(answered).toBeLessThanOrEqual(49);
}

let users = 0;
const newUser = (): Promise<Client> => app.signedIn(`spender${++users}`);

/** Whether a process has counted for itself since then, because Redis did not answer in time: it allows a bucket of its own. */
function hasCountedAlone(since: number): boolean {
  const lines = [...app.log, ...other.log].filter(({ message }) =>
    String(message).startsWith('Redis does not count the cost'),
  );
  // For a second after each such line.
  return lines.some(({ timestamp }) => new Date(String(timestamp)).getTime() >= since - 2_000);
}

/** What a new user measures while Redis counts; measured again where it did not. */
async function whileRedisCounts<T>(measure: (token: Client['token']) => Promise<T>): Promise<T> {
  for (;;) {
    const { token } = await newUser();
    const begun = Date.now();
    const measured = await measure(token);
    if (!hasCountedAlone(begun)) return measured;
  }
}

describe.each(WAYS)('A caller who has spent the bucket is refused over %s', (way, send) => {
  it('with 429 and the time to wait, and nothing is executed', async () => {
    const { token, answered, last } = await whileRedisCounts(async (token) => ({
      token,
      ...(await until429(() => send(app.url, { query: LIST }, token))),
    }));
    expectFullBucket(answered);
    expect(JSON.parse(last.replace(/^\[(.*)\]$/s, '{"errors":[$1]}'))).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(
            /^This operation costs 21 points, and you have \d+ points? left; 1 point come/,
          ),
          extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) },
        },
      ],
    });
    const { status, retryAfter, text } = await send(app.url, { query: LIST }, token);
    expect(text).not.toContain('"data"');
    if (way !== 'a WebSocket') {
      expect(status).toBe(429);
      expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
      expect(Number(retryAfter)).toBeLessThanOrEqual(21);
    }
    // What costs less is still answered.
    expect((await send(app.url, { query: '{ viewer { username } }' }, token)).text).toContain('spender');
  });
});

describe('The cost of operations', () => {
  it('was charged on the fast path too', async () => {
    expect(await fastPathUses(app)).toBeGreaterThan(0);
  });

  it('is in the answer where the client asks for it, and nowhere else', async () => {
    const { token } = await newUser();
    const query = '{ viewer { username } }';
    const remaining: number[] = [];
    for (const [, send] of WAYS) {
      expect((await send(app.url, { query }, token)).text).not.toContain('extensions');
      const { text } = await send(app.url, { query, extensions: { cost: true } }, token);
      const cost = /"extensions":\{"cost":(\{[^}]*\})\}/.exec(text)?.[1] ?? '{}';
      expect(JSON.parse(cost)).toMatchObject({ requested: 1, restoreRate: 1, limit: 1_000 });
      remaining.push(JSON.parse(cost).remaining);
    }
    // Two operations before each report; a point comes back each second, and a bucket holds no more than 1,000.
    for (const [at, left] of remaining.entries()) {
      expect(left).toBeGreaterThanOrEqual(998 - 2 * at);
      expect(left).toBeLessThanOrEqual(999);
    }
  });

  it('is taken from one bucket by all API processes', async () => {
    const [, send] = WAYS[0] ?? [];
    let turn = 0;
    const { answered } = await whileRedisCounts((token) =>
      until429(async () => {
        const { url } = turn++ % 2 === 0 ? app : other;
        return (await send?.(url, { query: LIST }, token)) ?? { text: '' };
      }),
    );
    expectFullBucket(answered);
  });

  it('is taken from one bucket by all requests at once', async () => {
    const answers = await whileRedisCounts((token) =>
      Promise.all(
        Array.from({ length: 100 }, (_, at) => WAYS[0]?.[1]((at % 2 ? app : other).url, { query: LIST }, token)),
      ),
    );
    const answered = answers.filter((answer) => answer?.status === 200).length;
    expectFullBucket(answered);
    expect(answers.filter((answer) => answer?.status === 429)).toHaveLength(100 - answered);
  });

  it('that exceeds a full bucket is refused as wrong, because waiting would not help', async () => {
    const { token } = await newUser();
    const query = '{ videos(first: 100) { nodes { id owner { id } scenes { id } } } }';
    for (const [, send] of WAYS) {
      const { text } = await send(app.url, { query }, token);
      expect(text).toContain('This operation costs 1,301 points; at most 1,000 points are allowed.');
      expect(text).toContain('BAD_USER_INPUT');
    }
  });

  it('of a page counts the size in a variable', async () => {
    const { token } = await newUser();
    const query = 'query ($n: Int!) { videos(first: $n) { nodes { id } } }';
    const [, send] = WAYS[1] ?? [];
    const costs = [1, 100].map(async (n) => {
      const answer = await send?.(app.url, { query, variables: { n }, extensions: { cost: true } }, token);
      return JSON.parse(answer?.text ?? '').extensions.cost.requested;
    });
    expect(await Promise.all(costs)).toEqual([2, 101]);
  });

  it('of a subscription is charged when it is opened', async () => {
    const [, send] = WAYS[2] ?? [];
    const subscription = { query: 'subscription { videoProgress(videoId: "nothing") { __typename } }' };
    const { answered } = await whileRedisCounts((token) =>
      until429(async () => (await send?.(app.url, subscription, token)) ?? { text: '' }, 120),
    );
    expect(answered).toBeGreaterThanOrEqual(100);
    expect(answered).toBeLessThan(110);
  });

  it('of guests is that of their network, and does not touch a user of it', async () => {
    const { token } = await newUser();
    const [, send] = WAYS[0] ?? [];
    const voices = await send?.(app.url, { query: VOICES }, token);
    expect(voices?.status).toBe(200);
    const { answered } = await until429(
      async () => (await send?.(app.url, { query: '{ health { status } }' })) ?? { text: '' },
      300,
    );
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThan(200);
    expect((await send?.(app.url, { query: VOICES }, token))?.status).toBe(200);
  });
});

it('A limit of 0 charges nothing', async () => {
  const free = await TestApp.start({ installation, worker: false, settings: { GRAPHQL_COST_LIMIT: '0' } });
  try {
    const { token } = await free.signedIn('free');
    for (const [, send] of WAYS) {
      const { last } = await until429(() => send(free.url, { query: LIST }, token), 48);
      expect(last).toBe('');
    }
  } finally {
    await free.close();
  }
});
