import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../server/harness.ts';

const KEY = 'videos/one/film-ab12.mp4';
const OTHER = 'videos/two/film-cd34.mp4';
const BYTES = Buffer.alloc(100_000, 'film');

let now = Date.now();
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ now: () => now });
  await server.storage.put(KEY, BYTES);
  await server.storage.put(OTHER, Buffer.from('of another user'));
});
afterAll(() => server.close());

/** Sends the path unchanged: fetch would normalize it. */
async function get(path: string, headers: Record<string, string> = {}) {
  return await new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port: server.server.port, path, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
    });
    asking.on('error', reject).end();
  });
}

const link = (key = KEY) => server.links.url(key);
const queryOf = (url: string) => url.slice(url.indexOf('?'));

describe('A link to a file', () => {
  it.each([
    '/files/../../../etc/passwd',
    '/files/videos/one/../two/film-cd34.mp4',
    '/files/videos/one/%2e%2e/two/film-cd34.mp4',
    '/files/videos/one/%2E%2E%2Ftwo%2Ffilm-cd34.mp4',
    '/files/videos/one/..%5c..%5ctwo%5cfilm-cd34.mp4',
    '/files/videos/one/%252e%252e/two/film-cd34.mp4',
    '/files//videos/one/film-ab12.mp4',
    '/files/./videos/one/film-ab12.mp4',
    '/files/videos/one/film-ab12.mp4%00.jpg',
    '/files/videos/one/film-ab12.mp4/',
    '/files/videos/one/',
    '/files/',
    '/files/%2Fetc%2Fpasswd',
    '/files/file:%2F%2F%2Fetc%2Fpasswd',
    '/files/%c0%ae%c0%ae/etc/passwd',
    '/files/videos/two/film-cd34.mp4',
  ])('opens no other path with its signature: %s', async (path) => {
    const { status, body } = await get(path + queryOf(link()));
    expect([400, 403, 404]).toContain(status);
    for (const content of ['root:', 'of another user', 'film']) expect(String(body).startsWith(content)).toBe(false);
  });

  it('is refused with one character changed, wherever it is', async () => {
    const url = link();
    const statuses = new Map<string, number>();
    for (let at = '/files/'.length; at < url.length; at++) {
      const changed = url[at] === 'a' ? 'b' : 'a';
      const { status, body } = await get(url.slice(0, at) + changed + url.slice(at + 1));
      statuses.set(`${at}: ${status}`, status);
      expect(body.equals(BYTES)).toBe(false);
    }
    expect([...statuses].filter(([, status]) => status !== 403)).toEqual([]);
  });

  it('is refused with a later end, a parameter twice, or a name that was not signed', async () => {
    const url = link();
    const [, end = ''] = /e=(\d+)/.exec(url) ?? [];
    for (const changed of [
      url.replace(`e=${end}`, `e=${Number(end) + 3_600}`),
      url.replace(`e=${end}`, `e=${end}.5`),
      url.replace(`e=${end}`, `e=${end}e9`),
      `${url.replace('?', `?e=${Number(end) + 3_600}&`)}`,
      `${url}&d=../../evil.exe`,
      `${url}&n=x%0d%0aset-cookie:%20a=b`,
      url.replace(/s=[^&]+/, 's='),
      url.replace(/&?s=[^&]+/, ''),
    ])
      expect((await get(changed)).status, changed).toBe(403);
  });

  it('ends when its signature says, also with a later end behind the signed one', async () => {
    const url = `${link()}&e=${Math.floor(now / 1_000) + 86_400}`;
    expect((await get(url)).status).toBe(200);
    now += 3_600_001;
    const { status } = await get(url);
    now -= 3_600_001;
    expect(status).toBe(410);
  });

  it('ends: afterwards it gets 410, also with If-None-Match, If-Range or a range', async () => {
    const url = link();
    const etag = String((await get(url)).headers['etag']);
    now += 3_600_001;
    try {
      for (const headers of [
        {},
        { 'if-none-match': etag },
        { 'if-range': etag, range: 'bytes=0-9' },
        { range: 'bytes=0-9' },
      ])
        expect((await get(url, headers)).status).toBe(410);
    } finally {
      now -= 3_600_001;
    }
  });

  it('gives a name that cannot end its header or hold another one', async () => {
    const { headers } = await get(
      server.links.url(KEY, { download: 'a"\r\nset-cookie: b=c; filename=x.exe\u202Egpj' }),
    );
    expect(headers).not.toHaveProperty('set-cookie');
    expect(String(headers['content-disposition'])).toMatch(
      /^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''[^\s"';]*$/,
    );
  });
});

describe('A request for thousands of ranges', () => {
  const many = (one: (index: number) => string) => {
    const ranges: string[] = [];
    for (let length = 0; length < 12_000; length += 1 + (ranges.at(-1)?.length ?? 0)) ranges.push(one(ranges.length));
    return `bytes=${ranges.join(',')}`;
  };
  const bombs: readonly [string, string][] = [
    ['that are all the whole file', many(() => '0-')],
    ['that overlap', many((index) => `${index}-99999`)],
    ['of one byte each', many((index) => `${2 * index}-${2 * index}`)],
    ['from the end', many((index) => `-${index + 1}`)],
    ['that are no ranges', many(() => 'x-y')],
    ['of which each ends before it begins', many(() => '9-1')],
  ];

  it.each(bombs)('%s gets at most the file once', async (_which, range) => {
    const before = process.memoryUsage().arrayBuffers;
    const begun = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, () => get(link(), { range })));
    expect(performance.now() - begun).toBeLessThan(5_000);
    for (const { status, body, headers } of answers) {
      expect([200, 206, 416]).toContain(status);
      expect(body.length).toBeLessThanOrEqual(BYTES.length);
      expect(String(headers['content-type'])).not.toContain('multipart');
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  it.each([
    'bytes=0-999999999999999999999',
    'bytes=-99999999999999999999',
    'bytes=99999999999999999999-',
    'bytes=1e3-',
    'octets=0-9',
    'bytes=0x1-2',
  ])('of absurd numbers (%s) gets no more than the file either', async (range) => {
    const { status, body } = await get(link(), { range });
    expect([200, 206, 416]).toContain(status);
    expect(body.length).toBeLessThanOrEqual(BYTES.length);
  });
});
