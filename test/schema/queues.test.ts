import { type ExecutionResult, graphql, parse, subscribe } from 'graphql';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { encodeId } from '../../src/ids.ts';
import type { Services } from '../../src/resolvers/services.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { UserFaultError } from '../../src/services/user-fault.ts';
import { ME, SCENE, VIDEO, viewerWith } from './fake-rows.ts';
import { contextFor, fakeServices, recorded } from './fake-services.ts';
import { stuckVideo } from './operations-rows.ts';

const schema = buildAppSchema();
const id = encodeId('video', VIDEO);
const ELSEWHERE = '019a0000-0000-7000-8000-0000000000aa';

async function ask(source: string, replaced: Partial<Services> = {}) {
  const { services, calls } = recorded(fakeServices(replaced));
  const contextValue = contextFor(services, viewerWith('SUPER_ADMIN'));
  const { data, errors } = await graphql({ schema, source, contextValue });
  const answer: unknown = JSON.parse(JSON.stringify(data ?? null));
  return { data: answer, errors: errors ?? [], calls, names: calls.map((call) => call.name) };
}

describe('activeJobs', () => {
  const fields = 'id queue videoId workerHost workerPid stage attempts activeSeconds heartbeatAt';

  it('returns opaque ids and who makes each', async () => {
    const { data, calls } = await ask(`{ activeJobs(queue: VIDEO) { ${fields} } }`);
    expect(data).toEqual({
      activeJobs: [
        {
          id: encodeId('job', SCENE),
          queue: 'VIDEO',
          videoId: id,
          workerHost: 'maker',
          workerPid: 42,
          stage: 'SPEECH',
          attempts: 1,
          activeSeconds: 75,
          heartbeatAt: '2026-01-31T09:30:00.000Z',
        },
      ],
    });
    expect(calls).toEqual([{ name: 'queues.activeJobs', args: ['VIDEO', 20] }]);
  });

  it('are those of all queues where none is named', async () => {
    expect((await ask('{ activeJobs(first: 100) { id } }')).calls[0]?.args).toEqual([null, 100]);
  });

  it.each([0, 101])('refuses %d', async (first) => {
    const { errors, names } = await ask(`{ activeJobs(first: ${first}) { id } }`);
    expect([errors.map((error) => AppError.from(error.originalError).code), names]).toEqual([['INVALID_INPUT'], []]);
  });
});

describe('failedJobs', () => {
  it('returns opaque ids and the time of the failure', async () => {
    const { data } = await ask(
      '{ failedJobs(queue: VIDEO) { id queue videoId attempts errorCode errorMessage failedAt } }',
    );
    expect(data).toEqual({
      failedJobs: [
        {
          id: encodeId('job', SCENE),
          queue: 'VIDEO',
          videoId: id,
          attempts: 4,
          errorCode: 'FFMPEG_FAILED',
          errorMessage: 'FFmpeg failed.',
          failedAt: '2026-01-31T09:30:00.000Z',
        },
      ],
    });
  });

  it.each([1, 100])('returns %d where that many are requested', async (first) => {
    const { calls } = await ask(`{ failedJobs(queue: AI, first: ${first}) { id } }`);
    expect(calls).toEqual([{ name: 'queues.failedJobs', args: ['AI', first] }]);
  });

  it('returns 20 by default', async () => {
    expect((await ask('{ failedJobs(queue: AI) { id } }')).calls[0]?.args).toEqual(['AI', 20]);
  });

  it.each([0, 101, -1])('refuses %d', async (first) => {
    const { errors, names } = await ask(`{ failedJobs(queue: AI, first: ${first}) { id } }`);
    expect([errors.map((error) => AppError.from(error.originalError).code), names]).toEqual([['INVALID_INPUT'], []]);
  });
});

describe('stagePerformance', () => {
  it.each([1, 720])('covers %d hours', async (hours) => {
    const { calls } = await ask(`{ stagePerformance(sinceHours: ${hours}) { stage } }`);
    expect(calls).toEqual([{ name: 'queues.stagePerformance', args: [hours] }]);
  });

  it('covers a day by default', async () => {
    expect((await ask('{ stagePerformance { stage } }')).calls[0]?.args).toEqual([24]);
  });

  it.each([0, 721])('refuses %d hours', async (hours) => {
    const { errors, names } = await ask(`{ stagePerformance(sinceHours: ${hours}) { stage } }`);
    expect([errors.map((error) => AppError.from(error.originalError).code), names]).toEqual([['INVALID_INPUT'], []]);
  });
});

describe('stuckVideos', () => {
  it('returns each with its video, all of them loaded at once', async () => {
    const recovery = {
      ...fakeServices().recovery,
      stuck: async () => [stuckVideo(), stuckVideo({ stage: null, lastHeartbeatAt: null })],
    };
    const { data, names } = await ask('{ stuckVideos { video { id title } stuckSeconds stage lastHeartbeatAt } }', {
      recovery,
    });
    const one = { video: { id, title: 'Bees' }, stuckSeconds: 4_000 };
    expect(data).toEqual({
      stuckVideos: [
        { ...one, stage: 'ASSEMBLY', lastHeartbeatAt: '2026-01-31T09:30:00.000Z' },
        { ...one, stage: null, lastHeartbeatAt: null },
      ],
    });
    expect(names).toEqual(['recovery.stuck', 'videos.findMany']);
  });

  it('uses half an hour by default, accepts 0, and refuses less', async () => {
    expect((await ask('{ stuckVideos { stuckSeconds } }')).calls[0]?.args).toEqual([1_800]);
    expect((await ask('{ stuckVideos(olderThanSeconds: 0) { stuckSeconds } }')).calls[0]?.args).toEqual([0]);
    const { errors } = await ask('{ stuckVideos(olderThanSeconds: -1) { stuckSeconds } }');
    expect(errors.map((error) => AppError.from(error.originalError).code)).toEqual(['INVALID_INPUT']);
  });
});

/** Who acts, for the audit log. */
const ACTOR = { viewer: expect.objectContaining({ userId: ME }), ipAddress: '192.0.2.7' };

describe('recoverStuckVideos', () => {
  const fields = '{ recovered { id } wouldRecover { id } userErrors { code field } }';

  it('returns the videos that were taken from their workers', async () => {
    const { data, calls } = await ask(`mutation { recoverStuckVideos ${fields} }`);
    expect(data).toEqual({ recoverStuckVideos: { recovered: [{ id }], wouldRecover: [], userErrors: [] } });
    expect(calls[0]?.args).toEqual([ACTOR, { olderThanSeconds: 3_600, videoIds: undefined, dryRun: false }]);
  });

  it('returns in a dry run the videos that would be taken', async () => {
    const { data, calls } = await ask(`mutation { recoverStuckVideos(olderThanSeconds: 60, dryRun: true) ${fields} }`);
    expect(data).toEqual({ recoverStuckVideos: { recovered: [], wouldRecover: [{ id }], userErrors: [] } });
    expect(calls[0]?.args).toEqual([ACTOR, { olderThanSeconds: 60, videoIds: undefined, dryRun: true }]);
  });

  it('takes the others where some ids name no stuck video, and reports these', async () => {
    const ids = [encodeId('video', ELSEWHERE), id, 'bees', encodeId('user', ME)];
    const { data, calls } = await ask(`mutation { recoverStuckVideos(videoIds: ${JSON.stringify(ids)}) ${fields} }`);
    expect(data).toEqual({
      recoverStuckVideos: {
        recovered: [{ id }],
        wouldRecover: [],
        userErrors: [
          { code: 'INVALID_STATE', field: ['videoIds', '0'] },
          { code: 'NOT_FOUND', field: ['videoIds', '2'] },
          { code: 'NOT_FOUND', field: ['videoIds', '3'] },
        ],
      },
    });
    expect(calls[0]?.args).toMatchObject([ACTOR, { videoIds: [ELSEWHERE, VIDEO] }]);
  });

  it('takes none where none of the ids is valid', async () => {
    const { calls } = await ask(`mutation { recoverStuckVideos(videoIds: ["bees"]) ${fields} }`);
    expect(calls[0]?.args).toMatchObject([ACTOR, { videoIds: [] }]);
  });

  it('returns refusals of the service as userErrors', async () => {
    const recover = async () => {
      throw new UserFaultError({ code: 'INVALID', message: 'No.', field: ['olderThanSeconds'] });
    };
    const recovery = { ...fakeServices().recovery, recover };
    const { data } = await ask(`mutation { recoverStuckVideos(olderThanSeconds: -1) ${fields} }`, { recovery });
    const userErrors = [{ code: 'INVALID', field: ['olderThanSeconds'] }];
    expect(data).toEqual({ recoverStuckVideos: { recovered: [], wouldRecover: [], userErrors } });
  });
});

describe('operating a queue', () => {
  it('pausing and resuming return the new state of the queue', async () => {
    const { data, calls } = await ask(
      'mutation { pauseQueue(queue: VIDEO) { queue { name status workers byPriority { priority waiting } } userErrors { code } } resumeQueue(queue: AI) { queue { paused } } }',
    );
    const queue = { name: 'VIDEO', status: 'NORMAL', workers: 1, byPriority: [{ priority: 'NORMAL', waiting: 2 }] };
    expect(data).toEqual({ pauseQueue: { queue, userErrors: [] }, resumeQueue: { queue: { paused: false } } });
    expect(calls).toEqual([
      { name: 'queues.pause', args: [ACTOR, 'VIDEO'] },
      { name: 'queues.resume', args: [ACTOR, 'AI'] },
    ]);
  });

  it('retrying returns the number of retried jobs and the refusals', async () => {
    const faults = [{ code: 'QUOTA_EXCEEDED', message: 'No more today.' }] as const;
    const queues = { ...fakeServices().queues, retryFailed: async () => ({ retried: 3, faults }) };
    const source = 'mutation { retryFailedJobs(queue: VIDEO) { retried userErrors { code message field } } }';
    expect((await ask(source, { queues })).data).toEqual({
      retryFailedJobs: { retried: 3, userErrors: [{ ...faults[0], field: null }] },
    });
  });

  it('clearing returns the number of cleared jobs', async () => {
    const { data } = await ask('mutation { clearFailedJobs(queue: SOCIAL) { cleared userErrors { code } } }');
    expect(data).toEqual({ clearFailedJobs: { cleared: 1, userErrors: [] } });
  });
});

it('queueStatsChanged returns all queues for each state', async () => {
  const { services } = recorded(fakeServices());
  const contextValue = contextFor(services, viewerWith('ADMIN'));
  const document = parse('subscription { queueStatsChanged { name waiting failureRate } }');
  const stream = await subscribe({ schema, document, contextValue });
  if (!(Symbol.asyncIterator in stream)) return expect.fail('The stream was refused.');
  const states: ExecutionResult[] = await Array.fromAsync(stream);
  expect(JSON.parse(JSON.stringify(states))).toEqual([
    { data: { queueStatsChanged: [{ name: 'VIDEO', waiting: 2, failureRate: 12.5 }] } },
  ]);
});
