import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { diagnosedSettings } from '../../src/cli/doctor/diagnosed-settings.ts';
import { runAllChecks } from '../../src/cli/doctor/doctor.ts';
import { diagnosedInstallation } from '../../src/cli/doctor/installation.ts';
import { appendAudit } from '../../src/services/audit/audit-store.ts';
import { useInstallation } from '../helpers/fixtures.ts';
import type { Settings } from '../helpers/installation.ts';
import { ownerOn } from '../helpers/video-services.ts';
import { addGeneration } from '../services/providers/provider-setup.ts';

const installation = useInstallation({ REDIS_URL: 'redis://127.0.0.1:1' });

/** What a check finds: status, message and what mends it. */
async function findingsOf(settings: Settings, name: string) {
  const opened = diagnosedInstallation(diagnosedSettings(settings));
  try {
    const found = await runAllChecks(opened, { statusPages: {} });
    return found.filter(({ check }) => check === name).map(({ status, message, mend }) => [status, message, mend]);
  } finally {
    await opened.close();
  }
}

const queuesOf = (settings: Settings) => findingsOf(settings, 'queues');

it('autovideo doctor says what waits and why: for its next attempt, in a paused queue, or to be run again once a provider works', async () => {
  const db = installation.db.sql();
  const owner = await ownerOn(installation.db);
  await sql`update users set username = 'boss' where id = ${owner.userId}`.execute(db);
  await installation.db.transaction((em) =>
    appendAudit(em, { action: 'queue.pause', actorId: owner.userId, target: 'VIDEO', outcome: 'SUCCESS' }),
  );
  await sql`update queues set paused = name = 'VIDEO', changed_at = now() - interval '11 minutes'`.execute(db);
  await sql`
    with video as (
      insert into videos (id, owner_id, title, source, language, status, aspect_ratio, resolution)
      select gen_random_uuid(), id, 'Bees', '{"kind": "topic", "text": "Bees"}', 'en', 'FAILED', 'SQUARE_1_1', 'HD_720'
      from users cross join generate_series(1, 4) limit 4 returning id
    ), numbered as (select id, row_number() over () as n from video)
    insert into jobs (id, queue, video_id, status, finished_at, error_code, available_at)
    select gen_random_uuid(), 'VIDEO', id, case when n = 1 then 'FAILED' else 'WAITING' end, case when n = 1 then now() end,
      case when n = 1 then 'GROQ_API_ERROR' when n > 2 then 'GROQ_TIMEOUT' end,
      now() + case when n = 2 then interval '-20 minutes' else n * interval '1 minute' end
    from numbered`.execute(db);
  await sql`insert into provider_states (name, failures, retry_at) values ('groq', 9, now() + interval '1 hour')`.execute(
    db,
  );
  const settings = { ...installation.settings, GROQ_API_KEY: 'gsk_not_a_key', GROQ_BASE_URL: 'http://127.0.0.1:1' };
  const found = 'VIDEO: 1 waiting, the oldest for 20 min( \\d+ s)?, 2 delayed, 0 active, 1 failed';
  const all = await queuesOf(settings);
  expect(all).toContainEqual([
    'failed',
    expect.stringMatching(`^${found}; it has been paused by boss for 11 min( \\d+ s)? \\(since \\S+Z\\)\\.$`),
    'autovideo queue resume --queue VIDEO',
  ]);
  expect(all).toContainEqual([
    'warning',
    expect.stringMatching(
      /^VIDEO: 2 jobs wait for their next attempt, the first in \d min( \d+ s)? \(\S+Z\); its last error is GROQ_TIMEOUT\.$/,
    ),
    'docs/operations/timeout.md',
  ]);
  expect(all).toContainEqual([
    'warning',
    expect.stringMatching(
      `^${found}; 1 of VIDEO failed with GROQ_API_ERROR, and groq still fails: mend that before running them again\\.$`,
    ),
    'docs/operations/api-error.md',
  ]);
  // A pause of some minutes is no failure yet, and one that holds nothing back neither.
  await sql`update queues set changed_at = now() - interval '9 minutes'`.execute(db);
  expect((await queuesOf(settings))[0]?.[0]).toBe('warning');
  await sql`update queues set paused = false`.execute(db);
});

it('autovideo doctor names the errors of failed jobs, and what to mend before they run again', async () => {
  const db = installation.db.sql();
  await sql`delete from jobs`.execute(db);
  await sql`
    insert into jobs (id, queue, video_id, status, finished_at, error_code)
    select gen_random_uuid(), 'VIDEO', id, 'FAILED', now(), case when row_number() over () = 1 then 'FFMPEG_NOT_FOUND' else 'GROQ_TIMEOUT' end
    from videos limit 3`.execute(db);
  const video = async () => (await queuesOf(installation.settings)).find(([, message]) => message?.startsWith('VIDEO'));
  expect(await video()).toEqual([
    'warning',
    'VIDEO: 0 waiting, 0 active, 3 failed (2 with GROQ_TIMEOUT, 1 with FFMPEG_NOT_FOUND).',
    'docs/operations/alerts.md#ffmpeg-failing, restart every process, then autovideo queue retry --queue VIDEO',
  ]);
  await sql`delete from jobs where error_code = 'FFMPEG_NOT_FOUND'`.execute(db);
  expect((await video())?.[2]).toBe('autovideo queue retry --queue VIDEO');
});

it('autovideo doctor says which key to set where a service refuses it, and not only to test it', async () => {
  const db = installation.db.sql();
  await sql`delete from provider_states`.execute(db);
  await sql`insert into provider_states (name, failures, retry_at) values ('groq', 9, now() + interval '1 hour')`.execute(
    db,
  );
  const settings = { ...installation.settings, GROQ_API_KEY: 'gsk_not_a_key', GROQ_BASE_URL: 'http://127.0.0.1:1' };
  const mends: unknown[] = [];
  for (const code of ['GROQ_INVALID_API_KEY', 'GROQ_QUOTA_EXCEEDED', 'GROQ_TIMEOUT']) {
    await addGeneration(installation.db, [{ provider: 'groq', state: 'REFUSED', errorCode: code }]);
    mends.push((await findingsOf(settings, 'providers')).map(([, , mend]) => mend));
  }
  expect(mends).toEqual([
    [
      'set a valid GROQ_API_KEY, restart every process, then autovideo providers test groq (docs/operations/invalid-api-key.md)',
    ],
    ['docs/operations/quota-exceeded.md, then autovideo providers test groq'],
    ['autovideo providers test groq'],
  ]);
  await sql`delete from provider_states`.execute(db);
});

it('autovideo doctor says that processes have to be restarted where only theirs is an FFmpeg that fails', async () => {
  const db = installation.db.sql();
  const ffmpeg = async (more: Settings = {}) => await findingsOf({ ...installation.settings, ...more }, 'FFmpeg');
  expect(await ffmpeg()).toEqual([['ok', expect.stringMatching(/^FFmpeg \S+ runs\.$/), null]]);
  await sql`
    insert into alerts (id, rule, service, priority, message, action_required, details, count, raised_at, last_seen_at, respond_by)
    values (gen_random_uuid(), 'ffmpeg-failing', 'ffmpeg', 'P0', 'x', 'x', '{}', 1, now(), now(), now())`.execute(db);
  expect(await ffmpeg()).toEqual([
    [
      'warning',
      expect.stringMatching(/a running process reports .* started with other settings\.$/),
      'restart every process',
    ],
  ]);
  expect(await ffmpeg({ FFMPEG_PATH: '/no/ffmpeg' })).toEqual([
    [
      'failed',
      expect.stringMatching(/FFmpeg/),
      'mend or unset FFMPEG_PATH, which is /no/ffmpeg; then restart every process',
    ],
  ]);
  // What was seen a minute ago has been over since.
  await sql`update alerts set last_seen_at = now() - interval '1 minute'`.execute(db);
  expect((await ffmpeg())[0]?.[0]).toBe('ok');
  await sql`delete from alerts`.execute(db);
});
