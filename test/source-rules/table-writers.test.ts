import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** An account that is deleted takes its rows of every table with it, in one transaction that no store knows as a whole. */
const DELETION = 'src/services/accounts/account-deletion-sql.ts';

/** The tables that have one writer, and the files that hold its statements. */
const WRITERS: readonly {
  readonly tables: readonly string[];
  readonly entities: readonly string[];
  readonly files: readonly string[];
}[] = [
  {
    tables: ['jobs', 'outbox', 'queues'],
    entities: ['Job', 'OutboxMessage', 'Queue'],
    files: ['src/jobs/queue/job-store.ts', 'src/jobs/queue/job-sql.ts', DELETION],
  },
  {
    tables: ['videos', 'video_stages', 'video_processing_history', 'scenes', 'video_events', 'event_cursors'],
    entities: ['Video', 'VideoStage', 'ProcessingAttempt', 'Scene', 'VideoEvent', 'EventCursor'],
    files: [
      'src/services/videos/video-store.ts',
      'src/services/videos/video-events-sql.ts',
      'src/services/videos/processing-history-sql.ts',
      'src/services/videos/video-facts.ts',
      'src/services/videos/video-sql.ts',
      'src/services/videos/video-stages-sql.ts',
      // Old events, which no transition concerns any more.
      'src/jobs/tasks/prune-events-sql.ts',
      DELETION,
    ],
  },
  {
    tables: ['ai_generations', 'generation_attempts'],
    entities: ['AiGeneration', 'GenerationAttempt'],
    files: [
      'src/services/generations/generation-store.ts',
      'src/services/generations/ordered-generations-sql.ts',
      DELETION,
    ],
  },
  {
    tables: ['ai_quotas'],
    entities: ['AiQuota'],
    files: ['src/services/quotas/quota-store.ts'],
  },
  {
    tables: ['alerts', 'alert_rounds'],
    entities: ['Alert', 'AlertRound'],
    files: ['src/services/alerts/alert-store.ts'],
  },
  {
    tables: ['provider_states'],
    entities: ['ProviderState'],
    files: ['src/services/providers/provider-state-store.ts'],
  },
  {
    tables: ['alert_deliveries'],
    entities: ['AlertDelivery'],
    files: ['src/services/alerts/notification-store.ts'],
  },
  {
    tables: ['slack_replies'],
    entities: ['SlackReply'],
    files: ['src/services/slack/slack-reply-store.ts'],
  },
  {
    tables: ['slack_checks', 'slack_refusals'],
    entities: ['SlackCheck', 'SlackRefusal'],
    files: ['src/services/slack/slack-facts-store.ts'],
  },
  {
    tables: ['deployments'],
    entities: ['Deployment'],
    files: ['src/services/deployments/deployment-store.ts'],
  },
];
const EXCLUDED = ['src/db/migrations/**', '**/*.test.ts'];

/** Statements that write one of the tables, as SQL, by the query builder or by the ORM. */
function writesIn(source: string, tables: readonly string[], entities: readonly string[]): string[] {
  const [table, entity] = [tables.join('|'), entities.join('|')];
  const patterns = [
    String.raw`\b(?:insert\s+into|update|delete\s+from|truncate|merge\s+into)\s+(?:only\s+)?"?(?:${table})\b`,
    String.raw`\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*\[?['"](?:${table})\b`,
    String.raw`\.(?:create|insert|insertMany|upsert|upsertMany|nativeUpdate|nativeDelete|getReference)\(\s*(?:${entity})\b`,
  ];
  return patterns.flatMap((pattern) => [...source.matchAll(new RegExp(pattern, 'gi'))].map(([found]) => found));
}

/** Properties of a loaded entity are written with the next flush, whichever function calls it. */
function flushesLoaded(source: string, entities: readonly string[]): boolean {
  const imports = entities.some((entity) =>
    new RegExp(String.raw`import \{[^}]*(?<!type )\b${entity}\b[^}]*\} from '[^']*/entities/`).test(source),
  );
  return imports && /\bem\.(?:flush|persist|assign|remove)\(/.test(source);
}

describe.each(WRITERS)('The tables $tables', ({ tables, entities, files }) => {
  const others = globSync('src/**/*.ts', { exclude: EXCLUDED })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !files.includes(file));

  it('are written by their store alone: add a transition to it instead of a statement elsewhere', () => {
    const found = others.flatMap((file) =>
      writesIn(readFileSync(file, 'utf8'), tables, entities).map((write) => `${file}: ${write}`),
    );
    expect(found).toEqual([]);
  });

  it('are not written by way of loaded entities elsewhere', () => {
    expect(others.filter((file) => flushesLoaded(readFileSync(file, 'utf8'), entities))).toEqual([]);
  });

  it('are written by each of the files that may', () => {
    const silent = files.filter((file) => writesIn(readFileSync(file, 'utf8'), tables, entities).length === 0);
    expect(silent).toEqual([]);
  });
});

it('A statement that writes is found however it is written', () => {
  for (const write of [
    'update jobs set status',
    'INSERT INTO "jobs" (id)',
    "deleteFrom('jobs')",
    "updateTable('jobs')",
    'em.nativeUpdate(Job, {})',
    'em.create(\n  Job, {})',
  ])
    expect([write, writesIn(write, ['jobs'], ['Job']).length]).toEqual([write, 1]);
  for (const read of [
    'select * from jobs for update',
    "selectFrom('jobs')",
    'em.findOne(Job, {})',
    'insert into jobs_old',
  ])
    expect([read, writesIn(read, ['jobs'], ['Job']).length]).toEqual([read, 0]);
});
