import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../harness.ts';

const KEY = 'videos/one/film-ab12.mp4';
const BYTES = Buffer.from(Array.from({ length: 1_000 }, (_, n) => n % 251));

let now = Date.now();
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ now: () => now });
  await server.storage.put(KEY, BYTES);
  await server.storage.put('videos/two/film-cd34.mp4', Buffer.from('another’s'));
});
afterAll(() => server.close());

/** Sends the path unchanged: fetch would normalize it. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return await new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port: server.server.port, path, method, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
    });
    asking.on('error', reject).end();
  });
}

describe('file links', () => {
  it('return the whole file, which a browser caches but revalidates each time', async () => {
    const { status, headers, body } = await get(server.links.url(KEY));
    expect(status).toBe(200);
    expect(body.equals(BYTES)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename="film-ab12.mp4"; filename*=UTF-8''film-ab12.mp4`,
    });
    expect(headers['cache-control']).toBe('private, no-cache');
  });

  it('answer HEAD with the headers alone', async () => {
    const { status, headers, body } = await get(server.links.url(KEY), {}, 'HEAD');
    expect({ status, length: headers['content-length'], bytes: body.length }).toEqual({
      status: 200,
      length: '1000',
      bytes: 0,
    });
  });

  it('suggest a file name that every browser can read', async () => {
    const url = server.links.url(KEY, { download: 'Die "große"/影片 100%.mp4' });
    const { headers } = await get(url);
    expect(headers['content-disposition']).toBe(
      `attachment; filename="Die _groe__ 100_.mp4"; filename*=UTF-8''Die%20%22gro%C3%9Fe%22_%E5%BD%B1%E7%89%87%20100%25.mp4`,
    );
  });

  it.each([
    ['inline', { name: '蜜蜂的舞蹈.mp4' }],
    ['attachment', { download: '蜜蜂的舞蹈.mp4' }],
  ] as const)('are named after their title where they are %s', async (kind, options) => {
    const { headers } = await get(server.links.url(KEY, options));
    const name = '%E8%9C%9C%E8%9C%82%E7%9A%84%E8%88%9E%E8%B9%88.mp4';
    expect(headers['content-disposition']).toBe(`${kind}; filename="file.mp4"; filename*=UTF-8''${name}`);
  });

  it.each(['a\r\nset-cookie: x=1.mp4', '"; filename=evil.html', 'half \ud83d pair.mp4', "it's (1) *.mp4", '🐝.mp4'])(
    'cannot inject anything with the name %j',
    async (name) => {
      const { status, headers } = await get(server.links.url(KEY, { name }));
      expect(status).toBe(200);
      expect(headers).not.toHaveProperty('set-cookie');
      const [, ascii, utf8] =
        /^inline; filename="([^"\\]*)"; filename\*=UTF-8''([\w.%-]*)$/.exec(
          String(headers['content-disposition']).replaceAll(/[!~]/g, '_'),
        ) ?? [];
      expect(ascii).toMatch(/^[\x20-\x7e]+$/);
      expect(decodeURIComponent(utf8 ?? '')).toBe(name.toWellFormed().replace(/[\r\n/\\]/g, '_'));
    },
  );

  it.each([
    ['the first bytes', 'bytes=0-99', 'bytes 0-99/1000', 0, 100],
    ['one byte in the middle', 'bytes=500-500', 'bytes 500-500/1000', 500, 501],
    ['the last bytes', 'bytes=-10', 'bytes 990-999/1000', 990, 1000],
    ['the rest', 'bytes=900-', 'bytes 900-999/1000', 900, 1000],
    ['more than there is', 'bytes=990-5000', 'bytes 990-999/1000', 990, 1000],
  ])('answer a range: %s', async (_what, range, contentRange, from, to) => {
    const { status, headers, body } = await get(server.links.url(KEY), { range });
    expect({ status, range: headers['content-range'] }).toEqual({ status: 206, range: contentRange });
    expect(body.equals(BYTES.subarray(from, to))).toBe(true);
  });

  it('answer a range beyond the end with 416 and the length', async () => {
    const { status, headers, body } = await get(server.links.url(KEY), { range: 'bytes=1000-1001' });
    expect({ status, range: headers['content-range'] }).toEqual({ status: 416, range: 'bytes */1000' });
    expect(headers['content-type']).toContain('application/json');
    expect(headers).not.toHaveProperty('etag');
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.parse(String(body))).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('return a range only of the requested version, and no content if the client has it', async () => {
    const url = server.links.url(KEY);
    const etag = String((await get(url)).headers['etag']);
    expect((await get(url, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await get(url, { range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
    expect((await get(url, { 'if-none-match': etag })).status).toBe(304);
  });

  it('expire', async () => {
    const url = server.links.url(KEY);
    now += 3_600_000;
    const { status, body, headers } = await get(url);
    now -= 3_600_000;
    expect(status).toBe(410);
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.parse(String(body))).toMatchObject({ errors: [{ extensions: { code: 'LINK_EXPIRED' } }] });
  });

  it('of files that do not exist are answered with 404', async () => {
    expect((await get(server.links.url('videos/one/gone.mp4'))).status).toBe(404);
    expect((await get(server.links.url('videos/one'))).status).toBe(404);
  });

  it('cannot be forged, widened or prolonged', async () => {
    const url = server.links.url(KEY);
    const [, query = ''] = url.split('?');
    const attempts = [
      `/files/videos/two/film-cd34.mp4?${query}`,
      `/files/videos/one?${query}`,
      `/files/videos/one/?${query}`,
      `/files/${KEY}`,
      `/files/${KEY}?`,
      url.replace(/e=(\d+)/, (_all, expiry) => `e=${Number(expiry) + 900}`),
      url.replace(/s=./, (found) => (found === 's=A' ? 's=B' : 's=A')),
      url.replace(/s=[^&]*/, 's='),
      `${url}&d=evil.html`,
      url.replace('one/film', 'one/./film'),
      url.replace('one/film', 'two/../one/film'),
      url.replace('/one/', '//one/'),
    ];
    for (const attempt of attempts) {
      const { status, body } = await get(attempt);
      expect(status, attempt).toBe(403);
      expect(String(body), attempt).toContain('FORBIDDEN');
    }
  });

  it('serve no other path, however the path is written', async () => {
    const query = server.links.url(KEY).split('?')[1];
    const climbs = ['..', '%2e%2e', '%252e%252e', '%c0%ae%c0%ae', '..%2f..', '..\\..', '%00', '%'];
    for (const climb of climbs)
      for (const path of [
        `/files/${climb}/secrets.json?${query}`,
        `/files/videos/${climb}/${climb}/${climb}/etc/passwd?${query}`,
      ]) {
        const { status } = await get(path);
        expect([400, 403, 404], path).toContain(status);
      }
  });

  it('reach no file outside the storage, even with a signed name', async () => {
    const { status, body, headers } = await get(server.links.url('../secrets.json'));
    expect(status).toBe(500);
    expect(headers['content-type']).toContain('application/json');
    expect(String(body)).not.toContain('secrets');
  });
});
