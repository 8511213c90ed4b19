import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { createTestDatabaseUrl } from '../helpers/database.ts';
import { ownerOn, videoQuotasOf, videoServicesOn } from '../helpers/video-services.ts';

/** How the next commit is lost: after it, or before the server receives it, which is then later than the next attempt. */
type Loss = 'answer' | 'late commit';

const LATE_MS = 300;

/** Passes everything on until it is armed; then it loses the answer to the next commit, and with it the connection. */
class CommitLoser {
  readonly port: number;
  lost = 0;
  armed: Loss | null = null;
  readonly #close: () => Promise<void>;

  private constructor(port: number, close: () => Promise<void>) {
    this.port = port;
    this.#close = close;
  }

  static async to(target: Pick<URL, 'hostname' | 'port'>): Promise<CommitLoser> {
    const sockets = new Set<Socket>();
    let loser: CommitLoser | undefined;
    const server = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.once('close', () => {
          sockets.delete(socket);
          near.destroy();
          if (!isLate) far.destroy();
        });
      }
      let isLate = false;
      const lose = (loss: Loss, chunk: Buffer, sign: string): boolean => {
        if (loser?.armed !== loss || !chunk.includes(sign)) return false;
        loser.armed = null;
        loser.lost++;
        return true;
      };
      near.on('data', (chunk) => {
        if (!lose('late commit', chunk, 'commit')) return void far.write(chunk);
        isLate = true;
        near.destroy();
        setTimeout(() => far.end(chunk), LATE_MS);
      });
      far.on('data', (chunk) => {
        // The tag with which PostgreSQL says that a transaction is committed.
        if (!lose('answer', chunk, 'COMMIT\0')) return void (isLate || near.write(chunk));
        near.destroy();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens on a TCP port.');
    loser = new CommitLoser(address.port, async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    });
    return loser;
  }

  async close(): Promise<void> {
    await this.#close();
  }
}

let direct: Database;
let db: Database;
let loser: CommitLoser;
beforeAll(async () => {
  const url = new URL(await createTestDatabaseUrl());
  direct = await openDatabase({ url: url.href, poolMax: 2 });
  loser = await CommitLoser.to({ hostname: url.hostname, port: url.port });
  url.hostname = '127.0.0.1';
  url.port = String(loser.port);
  db = await openDatabase({ url: url.href, poolMax: 2 });
});
afterAll(async () => {
  await db?.close();
  await loser?.close();
  await direct?.close();
});

it.each([
  ['without a key', undefined, 'answer'],
  ['with a key', 'once', 'answer'],
  ['without a key', undefined, 'late commit'],
  ['with a key', 'once', 'late commit'],
] as const)(
  'A video %s whose acceptance was committed while the answer was lost is found, and is accepted once (key %s, lost: %s)',
  async (_, key, loss) => {
    const owner = await ownerOn(direct);
    const { accept, quotas } = videoServicesOn(db);
    const lostBefore = loser.lost;
    loser.armed = loss;
    const video = await accept(owner, {}, key);
    expect(loser.lost).toBe(lostBefore + 1);
    const rowsOf = (table: 'videos' | 'video_events') =>
      direct.sql().selectFrom(table).select('owner_id').where('owner_id', '=', owner.userId).execute();
    expect(await direct.sql().selectFrom('videos').select('id').where('owner_id', '=', owner.userId).execute()).toEqual(
      [{ id: video.id }],
    );
    expect(await rowsOf('video_events')).toHaveLength(1);
    expect(await direct.sql().selectFrom('jobs').select('status').where('video_id', '=', video.id).execute()).toEqual([
      { status: 'WAITING' },
    ]);
    expect(await videoQuotasOf({ quotas }, owner.userId)).toMatchObject([{ reserved: 1 }, { reserved: 1 }]);
  },
);
