import { randomUUIDv7 } from 'node:crypto';
import { encodeId } from '../../../src/ids.ts';
import { BeeQueueConnection } from '../../../src/jobs/queue/bee-queue-connection.ts';
import type { Pool } from './database.ts';
import { setting } from './process.ts';

const BATCH_SIZE = 100;
/** True if both quota periods have capacity left. */
const QUOTA_AVAILABLE = '(select count(*) from taken) = 2';

const QUOTA = `taken as (
    update ai_quotas set reserved = reserved + 1
    where user_id = $2 and type = 'VIDEO' and reset_at > now() and used + reserved < quota_limit returning period
  ), cursor as (
    insert into event_cursors (owner_id, last_seq) select $2::uuid, 1 where ${QUOTA_AVAILABLE}
    on conflict (owner_id) do update set last_seq = event_cursors.last_seq + 1 returning last_seq
  )`;
const EVENT = `event as (
    insert into video_events (owner_id, seq, video_id, run, status, progress, message)
    select $2, last_seq, id, 1, 'PENDING', 0, 'Accepted; waiting for a worker.' from video, cursor
  )`;

/** The video, its job and its notification; optionally the quota reservation and the first event. */
function textOf(withQuota: boolean): string {
  return `with ${withQuota ? `${QUOTA},` : ''} video as (
    insert into videos (id, owner_id, title, source, script, language, current_stage, aspect_ratio, resolution, burn_in_captions
      ${withQuota ? ', last_event_seq' : ''})
    select $1::uuid, $2::uuid, $3::text, $4::jsonb, $5::text, $6::text, 'SCRIPT', $7::text, $8::text, $9::boolean
      ${withQuota ? ', last_seq from cursor' : ''}
    returning id, priority, status, progress, created_at
  ), job as (
    insert into jobs (id, queue, video_id, priority) select $10::uuid, 'VIDEO', id, priority from video returning id, queue, rings
  ), ring as (
    insert into outbox (queue, job_id, ring) select queue, id, rings from job
  )${withQuota ? `, ${EVENT}` : ''}
  select status, progress, round(extract(epoch from created_at) * 1000) as "createdAt" from video`;
}

interface Input {
  readonly title: string;
  readonly script: string;
  readonly language: string;
  readonly aspectRatio: string;
  readonly resolution: string;
  readonly burnInCaptions: boolean;
}

interface CreatedRow {
  readonly status: string;
  readonly progress: number;
  /** Milliseconds since 1970. */
  readonly createdAt: string;
}

/** Accepts a video in one prepared statement, then sends its notification; the answer does not wait for that. */
export async function creatingByHand(
  pool: Pool,
  withQuota: boolean,
): Promise<(userId: string, given: unknown) => Promise<object>> {
  const relay = new OutboxRelay(pool, await openQueue());
  const text = textOf(withQuota);
  return async (userId, given) => {
    if (!isInput(given)) throw new TypeError('The input is invalid.');
    const { title, script, language, aspectRatio, resolution, burnInCaptions } = given;
    const id = randomUUIDv7();
    const source = JSON.stringify({ kind: 'script', text: script });
    const facts = [title, source, script, language, aspectRatio, resolution, burnInCaptions];
    const values = [id, userId, ...facts, randomUUIDv7()];
    const { rows } = await pool.query<CreatedRow>({ name: 'create', text, values });
    const [row] = rows;
    if (!row) throw new Error('The quota is used up.');
    relay.kick();
    const { status, progress } = row;
    const createdAt = new Date(Number(row.createdAt)).toISOString();
    const video = { id: encodeId('video', id), title, status, progress, createdAt };
    return { data: { createVideo: { video, userErrors: [] } } };
  };
}

function isInput(given: unknown): given is Input {
  const texts = ['title', 'script', 'language', 'aspectRatio', 'resolution'];
  return (
    typeof given === 'object' &&
    given !== null &&
    texts.every((name) => typeof Reflect.get(given, name) === 'string') &&
    typeof Reflect.get(given, 'burnInCaptions') === 'boolean'
  );
}

async function openQueue(): Promise<BeeQueueConnection> {
  return await BeeQueueConnection.open(
    { redisUrl: setting('REDIS_URL'), prefix: setting('QUEUE_PREFIX'), queue: 'VIDEO' },
    (error) => {
      throw error;
    },
  );
}

interface OutboxRow {
  readonly jobId: string;
  readonly ring: number;
}

const TAKE_BATCH = `
  with next as (select id from outbox order by id limit ${BATCH_SIZE} for update skip locked)
  delete from outbox using next where outbox.id = next.id returning job_id as "jobId", ring`;

/** Sends notifications to Redis in batches; a row is deleted only when Redis has its notification. */
class OutboxRelay {
  readonly #pool: Pool;
  readonly #beeQueue: BeeQueueConnection;
  #running = false;
  #again = false;

  constructor(pool: Pool, beeQueue: BeeQueueConnection) {
    this.#pool = pool;
    this.#beeQueue = beeQueue;
  }

  kick(): void {
    this.#again = true;
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#again) {
      this.#again = false;
      if ((await this.#sendBatch()) === BATCH_SIZE) this.#again = true;
    }
    this.#running = false;
  }

  async #sendBatch(): Promise<number> {
    const client = await this.#pool.connect();
    await client.query('begin; set local synchronous_commit = off');
    const { rows } = await client.query<OutboxRow>({ name: 'take', text: TAKE_BATCH, values: [] });
    await Promise.all(rows.map(({ jobId, ring }) => this.#beeQueue.notify(jobId, ring)));
    await client.query('commit');
    client.release(false);
    return rows.length;
  }
}
