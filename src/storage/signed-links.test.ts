import { describe, expect, it } from 'vitest';
import { LinkSigner } from './signed-links.ts';

const QUARTER = 15 * 60_000;
const START = 1_800_000_000_000 - (1_800_000_000_000 % QUARTER);

function signerAt(clock: { now: number }, secret = 'a secret of at least thirty-two letters'): LinkSigner {
  return new LinkSigner({ secret, publicUrl: 'https://films.example', now: () => clock.now });
}
const pathOf = (url: string) => url.replace('https://films.example', '');

describe('A link to a file', () => {
  it('contains the key, and is valid for that key only', () => {
    const signer = signerAt({ now: START });
    const url = signer.url('videos/one/film.mp4', { download: 'My film.mp4' });
    expect(url).toMatch(/^https:\/\/films\.example\/files\/videos\/one\/film\.mp4\?e=\d+&s=[\w-]{43}&d=My\+film\.mp4$/);
    expect(signer.verify(pathOf(url))).toEqual({
      state: 'valid',
      file: {
        key: 'videos/one/film.mp4',
        download: 'My film.mp4',
        name: null,
        expiresAt: new Date(START + 4 * QUARTER),
      },
    });
  });

  it('may contain a file name without forcing a download, and that name is signed too', () => {
    const signer = signerAt({ now: START });
    const path = pathOf(signer.url('videos/one/film.mp4', { name: '蜜蜂.mp4' }));
    expect(signer.verify(path)).toMatchObject({ state: 'valid', file: { name: '蜜蜂.mp4', download: null } });
    for (const forged of [path.replace(/&n=.*/, '&n=page.html'), path.replace(/&n=.*/, ''), path.replace('&n=', '&d=')])
      expect(signer.verify(forged).state).toBe('forged');
    expect(signer.verify(`${pathOf(signer.url('a'))}&n=page.html`).state).toBe('forged');
  });

  it('is the same for a quarter of an hour, and not longer', () => {
    const clock = { now: START };
    const signer = signerAt(clock);
    const url = signer.url('a');
    clock.now = START + QUARTER - 1;
    expect(signer.url('a')).toBe(url);
    clock.now = START + QUARTER;
    expect(signer.url('a')).not.toBe(url);
  });

  it.each([0, 1, QUARTER / 2, QUARTER - 1])('created %i ms into a quarter is valid for 45 to 60 minutes', (into) => {
    const clock = { now: START + into };
    const signer = signerAt(clock);
    const path = pathOf(signer.url('a'));
    const stateAfter = (minutes: number) => {
      clock.now = START + into + minutes * 60_000;
      return signer.verify(path).state;
    };
    expect(stateAfter(45)).toBe('valid');
    expect(stateAfter(60)).toBe('expired');
  });

  it('expires exactly at its expiry time', () => {
    const clock = { now: START };
    const signer = signerAt(clock);
    const path = pathOf(signer.url('a'));
    clock.now = START + 4 * QUARTER - 1;
    expect(signer.verify(path).state).toBe('valid');
    clock.now++;
    expect(signer.verify(path).state).toBe('expired');
  });

  it('is rejected by a server with another secret', () => {
    const clock = { now: START };
    const path = pathOf(signerAt(clock).url('a'));
    expect(signerAt(clock, 'another secret, as long as the first').verify(path).state).toBe('forged');
  });

  it.each([
    ['another key', (path: string) => path.replace('/one/', '/two/')],
    ['its folder', (path: string) => path.replace('/film.mp4', '')],
    ['a later end', (path: string) => path.replace(/e=(\d+)/, (_all, end) => `e=${Number(end) + 1}`)],
    ['no end', (path: string) => path.replace(/e=\d+/, 'e=Infinity')],
    ['another name', (path: string) => path.replace('d=film', 'd=page.html')],
    ['no name', (path: string) => path.replace('&d=film', '')],
    ['no signature', (path: string) => path.replace(/s=[\w-]+/, '')],
    ['a signature that is longer', (path: string) => path.replace(/s=([\w-]+)/, 's=$1A')],
    ['a path that cannot be read', (path: string) => path.replace('/one/', '/%E0%A4%A/')],
    ['no query', (path: string) => path.replace(/\?.*/, '')],
    ['another route', (path: string) => path.replace('/files/', '/elsewhere/')],
  ])('is rejected as forged with %s', (_what, change) => {
    const signer = signerAt({ now: START });
    const path = pathOf(signer.url('videos/one/film.mp4', { download: 'film' }));
    expect(change(path)).not.toBe(path);
    expect(signer.verify(path).state).toBe('valid');
    expect(signer.verify(change(path)).state).toBe('forged');
  });

  it('does not accept a part of the key as the name, or the reverse', () => {
    const signer = signerAt({ now: START });
    expect(signer.url('a', { download: 'b' })).not.toBe(signer.url('a,b'));
    const bare = pathOf(signer.url('a"'));
    expect(signer.verify(`${bare}&d=`).state).toBe('forged');
  });
});
