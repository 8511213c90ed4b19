import { once } from 'node:events';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Viewer } from '../../src/auth/viewer.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import type { WorkerParts } from '../../src/jobs/worker/worker.ts';
import type { ProgressStep, StageStore } from '../../src/pipeline/stage-store.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { createTestDatabaseUrl } from '../helpers/database.ts';
import { jobFixtureOn } from '../helpers/job-fixture.ts';
import { OwnPostgres } from '../helpers/own-postgres.ts';
import { until } from '../helpers/until.ts';
import { ownerOn, videoServicesOn } from '../helpers/video-services.ts';

const STEP: ProgressStep = {
  stage: 'SCRIPT',
  stageStatus: 'RUNNING',
  progress: 10,
  stageProgress: 0,
  message: 'Writing the script.',
};

let proxy: BreakableProxy;
let near: Database;
let far: Database;
let ann: Viewer;
beforeEach(async () => {
  const url = await createTestDatabaseUrl();
  proxy = await BreakableProxy.to(url);
  near = await openDatabase({ url, poolMax: 4 });
  far = await openDatabase({ url: proxy.inFrontOf(url), poolMax: 4, statementSeconds: 1 });
  ann = await ownerOn(near);
});
afterEach(async () => {
  await Promise.all([near?.close(), far?.close()]);
  await proxy?.close();
});

/** Makes one video with a worker whose database is behind the proxy; returns the messages of its events. */
async function messagesOf(make: (stageStore: StageStore) => Promise<void>): Promise<readonly string[]> {
  await videoServicesOn(near).accept(ann);
  const worker = videoServicesOn(far).worker((_videoSpec, stageStore) => make(stageStore));
  await worker.onNotification('VIDEO');
  await worker.close();
  const rows = await near.sql().selectFrom('video_events').select('message').orderBy('seq').execute();
  return rows.map(({ message }) => message);
}

const jobs = () => near.sql().selectFrom('jobs').select(['status', 'attempt', 'failures', 'deaths']).execute();

describe('A worker', () => {
  it('whose connections to PostgreSQL stop responding in mid-stage continues over new ones', async () => {
    const messages = await messagesOf(async (stageStore) => {
      await stageStore.begin(STEP, 'LOCAL');
      expect(proxy.freeze()).toBeGreaterThan(0);
      await stageStore.report({ ...STEP, message: 'Half of it is written.' }, {});
    });
    expect(messages).toEqual([
      expect.any(String),
      'Writing the script.',
      'Half of it is written.',
      expect.stringContaining('ready'),
    ]);
    expect(await jobs()).toEqual([{ status: 'DONE', attempt: 1, failures: 0, deaths: 0 }]);
  });

  it('that gets no answer to its commit writes no event twice', async () => {
    await delayCommit();
    const messages = await messagesOf(async (stageStore) => {
      const reported = stageStore.report({ ...STEP, message: 'slow' }, {});
      await until('it commits', isCommitting);
      proxy.freeze();
      await reported;
    });
    expect(messages.filter((message) => message === 'slow')).toHaveLength(1);
    expect(await jobs()).toEqual([{ status: 'DONE', attempt: 1, failures: 0, deaths: 0 }]);
  });

  it('that gets no answer to the commit that ends a video finds out that it has ended it', async () => {
    await delayCommit("new.status = 'COMPLETED'");
    const { jobId } = await jobFixtureOn(near).order(ann);
    const claim = await jobFixtureOn(near).claim(jobId);
    const ended = jobFixtureOn(far).outcomes.complete(claim, AbortSignal.timeout(20_000));
    await until('it commits', isCommitting);
    proxy.freeze();
    await ended;
    const { rows } = await sql`select 1 from video_events where status = 'COMPLETED'`.execute(near.sql());
    expect(rows).toHaveLength(1);
    expect(await jobs()).toEqual([{ status: 'DONE', attempt: 1, failures: 0, deaths: 0 }]);
  });
});

describe('A PostgreSQL that is down for longer than a lease', () => {
  it('costs only the current stage: it counts neither as a failed attempt nor as a crash, and the video is made', async () => {
    const server = await OwnPostgres.start(inject('cluster'));
    const own = await openDatabase({ url: server.url, poolMax: 6 });
    try {
      await own.migrate();
      const videoServices = videoServicesOn(own);
      const { id } = await videoServices.accept(await ownerOn(own));
      const begun = Promise.withResolvers<AbortSignal>();
      let runs = 0;
      const make: WorkerParts['make'] = async (_videoSpec, stageStore, stop) => {
        if (++runs > 1) return;
        await stageStore.begin(STEP, 'LOCAL');
        begun.resolve(stop.now);
        await once(stop.now, 'abort');
        await stageStore.report({ ...STEP, message: 'This is not stored.' }, {});
      };
      const worker = videoServices.worker(make, { leaseSeconds: 2 });
      const answered = worker.onNotification('VIDEO');
      const signal = await begun.promise;
      await server.crash();
      await until('the worker gives up its lease', () => signal.aborted);
      await server.resume();
      await answered;
      const job = () =>
        own.sql().selectFrom('jobs').select(['status', 'failures', 'deaths']).where('video_id', '=', id).execute();
      expect(await job()).toEqual([{ status: 'WAITING', failures: 0, deaths: 0 }]);
      await worker.onNotification('VIDEO');
      expect(await job()).toEqual([{ status: 'DONE', failures: 0, deaths: 0 }]);
      await worker.close();
    } finally {
      await own.close();
      await server.remove();
    }
  });
});

/** Commits of such events take half a second, so that the network can be cut meanwhile. */
async function delayCommit(condition = "new.message = 'slow'"): Promise<void> {
  await near.em().execute(`create function stand_still() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.5); return null; end $$`);
  await near.em().execute(`create constraint trigger stands_still after insert on video_events
    deferrable initially deferred for each row when (${condition}) execute function stand_still()`);
}

async function isCommitting(): Promise<boolean> {
  const rows = await near
    .em()
    .execute(
      "select 1 from pg_stat_activity where datname = current_database() and query = 'commit' and state = 'active'",
    );
  return rows.length > 0;
}
