import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { type DownloadOptions, download, isPublicLink, publicLookup } from '../../../src/providers/http/download.ts';
import { FakeService } from '../../fakes/fake-service.ts';

const FILE = Buffer.from('a file');
let service: FakeService;
let other: FakeService;
beforeAll(async () => {
  service = await FakeService.start(() => ({ body: FILE }));
  other = await FakeService.start(() => ({ body: 'a secret' }));
});
afterEach(() => {
  expect(other.requests, 'nothing is asked of a machine within the network').toEqual([]);
});
afterAll(async () => {
  await Promise.all([service.close(), other.close()]);
});

const get = (url: string, options: Partial<DownloadOptions> = {}) =>
  download({
    url,
    baseUrl: `${service.url}/v1`,
    maxBytes: 1_000,
    timeoutMs: 60_000,
    signal: new AbortController().signal,
    ...options,
  });
const redirect = (location: string) => ({ status: 302, headers: { location } });
const refused = (message: RegExp, retriable = false) => ({
  code: 'FILE_DOWNLOAD_FAILED',
  retriable,
  message: expect.stringMatching(message),
});

describe('A file behind a link of a service', () => {
  it('is downloaded from the address of the service in the settings, wherever that is, without a key', async () => {
    expect(await get(`${service.url}/files/1`)).toEqual(FILE);
    const { path, headers } = service.requests.at(-1) ?? expect.fail('nothing was asked');
    expect(path).toBe('/files/1');
    expect(headers).not.toHaveProperty('authorization');
  });

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fe80::1]/',
    'https://localhost/',
  ])('is not downloaded from %s', async (url) => {
    await expect(get(url)).rejects.toMatchObject(refused(/not a public one/));
  });

  it('is not downloaded from another port of the same machine', async () => {
    await expect(get(other.url)).rejects.toMatchObject(refused(/not https/));
    await expect(get(other.url.replace('http:', 'https:'))).rejects.toMatchObject(refused(/not a public one/));
  });

  it.each(['http://example.org/', 'file:///etc/passwd', 'ftp://example.org/', 'data:text/plain,x'])(
    'is not downloaded by another protocol than https: %s',
    async (url) => {
      await expect(get(url)).rejects.toMatchObject(refused(/not https/));
    },
  );

  it.each(['', '//', 'no link', 'https://'])('needs a link: %j', async (url) => {
    await expect(get(url)).rejects.toMatchObject(refused(/no URL/));
  });

  it('is not downloaded with a password in its link', async () => {
    await expect(get('https://me:secret@example.org/')).rejects.toMatchObject(refused(/password/));
  });

  it.each([
    ['a private address', ['192.168.0.7']],
    ['a private address beside a public one', ['93.184.216.34', '10.0.0.1']],
    ['IPv4 within IPv6', ['::ffff:127.0.0.1']],
    ['nothing', []],
  ])('is not downloaded from a name that leads to %s', async (_, addresses) => {
    const resolve = vi.fn(async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    await expect(get('https://files.example.org/1', { resolve })).rejects.toMatchObject(refused(/not a public one/));
    expect(resolve).toHaveBeenCalledExactlyOnceWith('files.example.org');
  });

  it.each([true, false])('is connected to the address that was checked (all: %s)', async (all) => {
    const addresses = [{ address: '93.184.216.34', family: 4 }];
    // The second answer is never asked for.
    const resolve = vi
      .fn()
      .mockResolvedValueOnce(addresses)
      .mockResolvedValueOnce([{ address: '127.0.0.1', family: 4 }]);
    const given = await new Promise((done) => {
      publicLookup(resolve)('files.example.org', { all }, (...result) => done(result));
    });
    expect(given).toEqual(all ? [null, addresses] : [null, '93.184.216.34', 4]);
    expect(resolve).toHaveBeenCalledOnce();
  });

  it('is found behind three redirects, and not behind four', async () => {
    service.replyWith(redirect('/2'), redirect(`${service.url}/3`), redirect('4'));
    expect(await get(`${service.url}/1`)).toEqual(FILE);
    service.replyWith(...['/2', '/3', '/4', '/5'].map(redirect));
    await expect(get(`${service.url}/1`)).rejects.toMatchObject(refused(/redirects more than 3 times/));
  });

  it('is checked again at a redirect', async () => {
    for (const location of [
      other.url,
      'https://127.0.0.1/',
      'https://localhost/',
      'http://[::1]/',
      'file:///etc/passwd',
    ]) {
      service.replyWith(redirect(location));
      await expect(get(`${service.url}/1`)).rejects.toMatchObject(refused(/not a public one|not https/));
    }
    service.replyWith({ status: 302 });
    await expect(get(`${service.url}/1`)).rejects.toMatchObject(refused(/redirects to nothing/));
  });

  it('has at most so many bytes, whatever its header says', async () => {
    expect(await get(service.url, { maxBytes: FILE.length })).toEqual(FILE);
    await expect(get(service.url, { maxBytes: FILE.length - 1 })).rejects.toMatchObject(refused(/larger than/));
    service.replyWith({ headers: { 'transfer-encoding': 'chunked' }, body: FILE });
    await expect(get(service.url, { maxBytes: FILE.length - 1 })).rejects.toMatchObject(refused(/larger than/));
  });

  it.each([
    [404, false],
    [403, false],
    [204, false],
    [429, true],
    [503, true],
  ])('is missing where the answer is %i (retriable: %s)', async (status, retriable) => {
    service.replyWith({ status });
    await expect(get(service.url)).rejects.toMatchObject(refused(new RegExp(`the answer is ${status}`), retriable));
  });

  it.each(['hang up', 'break off'] as const)('may be downloaded later where the service has %s', async (reply) => {
    service.replyWith(reply);
    await expect(get(service.url)).rejects.toMatchObject(refused(/the connection failed/, true));
  });

  it('comes within its time limit, or not at all', async () => {
    service.replyWith('hang');
    await expect(get(service.url, { timeoutMs: 100 })).rejects.toMatchObject(refused(/longer than 0.1 s/, true));
  });

  it('is no longer downloaded once the caller aborts', async () => {
    service.replyWith('hang');
    const abort = new AbortController();
    const before = service.requests.length;
    const getting = get(service.url, { signal: abort.signal });
    const failed = expect(getting).rejects.toMatchObject({ code: 'CANCELED' });
    await expect.poll(() => service.requests.length, { timeout: 60_000 }).toBe(before + 1);
    abort.abort(new AppError('CANCELED', 'Stop.'));
    await failed;
    await service.requests.at(-1)?.aborted;
    await expect(get(service.url, { signal: abort.signal })).rejects.toMatchObject({ code: 'CANCELED' });
    expect(service.requests.length).toBe(before + 1);
  });

  it('is not named in an error, since its link may be secret', async () => {
    const error: unknown = await get('https://127.0.0.1/signed?key=s3cr3t').catch((thrown: unknown) => thrown);
    expect(error instanceof Error && `${error.message} ${error.stack}`).not.toContain('s3cr3t');
  });
});

describe('A link that a user gives', () => {
  it.each([
    'https://example.org/a.png',
    'https://example.org:8443/a?b=c#d',
    'https://1.1.1.1/a.png',
    'https://[2606:4700::1]/',
  ])('may be followed: %s', (link) => {
    expect(isPublicLink(link)).toBe(true);
  });

  it.each([
    'http://example.org/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'https://user:password@example.org/a.png',
    'https://127.0.0.1/a.png',
    'https://2130706433/a.png',
    'https://192.168.0.1/a.png',
    'https://[::1]/a.png',
    'https://[::ffff:10.0.0.1]/a.png',
    'https://localhost/a.png',
    'https://localhost./a.png',
    'https://postgres/a.png',
    'https://printer.local/a.png',
    'https://metadata.google.internal/a.png',
    'https://router.lan/a.png',
    'https://nas.home/a.png',
    'https://home.arpa/a.png',
    'https://wiki.corp/a.png',
    'https://x.intranet/a.png',
    'https://localhost.localdomain/a.png',
    'no link',
    '',
  ])('is not followed: %s', (link) => {
    expect(isPublicLink(link)).toBe(false);
  });
});
