import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeId } from '../../../src/ids.ts';
import { LocalStorage } from '../../../src/storage/local-storage.ts';
import { LinkSigner } from '../../../src/storage/signed-links.ts';
import type { TestApp } from '../../helpers/app.ts';
import type { Client } from '../../helpers/client.ts';
import { useApp, useInstallation } from '../../helpers/fixtures.ts';
import { DeleteVideoDocument, FilmDocument } from '../../helpers/generated/documents.ts';

/** More than the buffers between server and client can hold. */
const FILM = Buffer.alloc(24 * 1_048_576, 'film');

const installation = useInstallation();
const one = useApp({ installation, worker: false });
const other = useApp({ installation, worker: false });
let storage: LocalStorage;
let signer: LinkSigner;
let ann: Client;
beforeAll(async () => {
  ann = await one.signedIn('ann');
  storage = await LocalStorage.open(`${installation.dataDir}/files`);
  signer = new LinkSigner({ secret: installation.settings['LINK_SECRET'] ?? '', publicUrl: '' });
});

/** A video with its files, and the links to them: those in its fields, and others that were signed earlier. */
async function finishedVideo(): Promise<{ readonly id: string; readonly links: readonly string[] }> {
  const { id } = await ann.makeVideo({ script: 'Bees dance.' });
  const folder = `videos/${decodeId('video', id)}`;
  const names = ['film-1.mp4', 'thumbnail-1.jpg', 'captions-1.vtt', 'image-1.png', 'voice-1.wav'];
  for (const name of names) await storage.put(`${folder}/${name}`, FILM);
  await sql`update videos set status = 'COMPLETED', completed_at = now(), file_key = ${`${folder}/film-1.mp4`},
    thumbnail_key = ${`${folder}/thumbnail-1.jpg`} where id = ${decodeId('video', id)}`.execute(installation.db.sql());
  const { video } = await ann.ask(FilmDocument, { id });
  const shown = [video?.fileUrl, video?.thumbnailUrl].map((url) => new URL(url ?? ''));
  const signed = names.map((name) => signer.url(`${folder}/${name}`, { download: name }));
  return { id, links: [...shown.map(({ pathname, search }) => `${pathname}${search}`), ...signed] };
}

async function statusOf(app: TestApp, link: string, init: RequestInit = {}) {
  const response = await fetch(`${app.url}${link}`, init);
  await response.body?.cancel();
  return {
    status: response.status,
    caching: response.headers.get('cache-control'),
    etag: response.headers.get('etag'),
  };
}

describe('A video that is deleted', () => {
  it('is no longer served by any of its links, on any instance: complete, in part, and on revalidation', async () => {
    const { id, links } = await finishedVideo();
    const kept = await finishedVideo();
    expect(links).toHaveLength(7);
    const etags = new Map<string, string>();
    for (const app of [one, other])
      for (const link of links) {
        const { status, caching, etag } = await statusOf(app, link);
        expect([status, caching]).toEqual([200, 'private, no-cache']);
        expect((await statusOf(app, link, { headers: { 'if-none-match': etag ?? '' } })).status).toBe(304);
        etags.set(link, etag ?? '');
      }
    await ann.ask(DeleteVideoDocument, { id });
    for (const app of [one, other])
      for (const link of links)
        for (const init of [
          {},
          { method: 'HEAD' },
          { headers: { range: 'bytes=0-9' } },
          { headers: { 'if-none-match': etags.get(link) ?? '' } },
          { headers: { range: 'bytes=0-9', 'if-range': etags.get(link) ?? '' } },
        ])
          expect(await statusOf(app, link, init)).toEqual({ status: 404, caching: 'no-store', etag: null });
    for (const link of kept.links) expect((await statusOf(other, link)).status).toBe(200);
  });

  it('does not interrupt a download in progress', async () => {
    const { id, links } = await finishedVideo();
    const [film = ''] = links;
    const response = await fetch(`${one.url}${film}`);
    const reader = response.body?.getReader();
    let length = (await reader?.read())?.value?.length ?? 0;
    await ann.ask(DeleteVideoDocument, { id });
    await storage.removeAll(`videos/${decodeId('video', id)}/`);
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) length += part.value.length;
    expect(length).toBe(FILM.length);
    expect((await statusOf(one, film)).status).toBe(404);
  });

  it('has no effect on files that belong to no video: those are never served', async () => {
    await storage.put('videos/stray.mp4', FILM);
    await storage.put('stray.mp4', FILM);
    for (const key of ['videos/stray.mp4', 'stray.mp4', 'videos/00000000-0000-7000-8000-000000000000/film.mp4'])
      expect((await statusOf(one, signer.url(key))).status).toBe(404);
  });
});
