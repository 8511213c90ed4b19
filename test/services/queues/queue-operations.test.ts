import { beforeAll, describe, expect, it, vi } from 'vitest';
import { VideoProgressDocument } from '../../../src/cli/generated/documents.ts';
import { Worker } from '../../../src/jobs/worker/worker.ts';
import { QueueWatch } from '../../../src/services/queues/queue-watch.ts';
import { TestApp } from '../../helpers/app.ts';
import { AnswerErrors, Client, type Transport } from '../../helpers/client.ts';
import { useApp } from '../../helpers/fixtures.ts';
import {
  PauseQueueDocument,
  QueueStatsChangedDocument,
  QueuesDocument,
  RecoverStuckVideosDocument,
  ResumeQueueDocument,
  StuckVideosDocument,
} from '../../helpers/generated/documents.ts';
import { until } from '../../helpers/until.ts';

const SMALL = {
  script: 'Bees dance.',
  aspectRatio: 'SQUARE_1_1',
  resolution: 'SD_480',
  burnInCaptions: false,
} as const;
const api = useApp({ worker: false });
let operator: Client;
let maker: Client;
beforeAll(async () => {
  [operator, maker] = await Promise.all([api.signedIn('operator', 'SUPER_ADMIN'), api.signedIn('maker')]);
});

const video = { queue: 'VIDEO' } as const;
/** The state of the queue VIDEO at each event of a watch. */
const videoIn = (state: {
  readonly queueStatsChanged: readonly { readonly name: string; readonly paused: boolean; readonly waiting: number }[];
}) => state.queueStatsChanged.find(({ name }) => name === 'VIDEO');

describe.each<Transport>(['socket', 'stream'])('Watching the queues over a %s', (transport) => {
  it('sends the current state, and then each change', async () => {
    const watch = operator.watch(QueueStatsChangedDocument, {}, transport);
    const before = videoIn(await watch.sees(() => true));
    expect(before).toMatchObject({ paused: false });
    const waiting = (before?.waiting ?? 0) + 1;
    await maker.makeVideo(SMALL);
    await watch.sees((state) => videoIn(state)?.waiting === waiting);
    await operator.ask(PauseQueueDocument, video);
    await watch.sees((state) => videoIn(state)?.paused === true);
    await operator.ask(ResumeQueueDocument, video);
    watch.leave();
    await watch.ended();
  });

  it('is refused to guests and to creators, before a source is opened', async () => {
    const open = vi.spyOn(QueueWatch.prototype, 'open');
    for (const [client, code] of [
      [new Client(api.url, null), 'UNAUTHENTICATED'],
      [maker, 'FORBIDDEN'],
    ] as const) {
      const end = await client.watch(QueueStatsChangedDocument, {}, transport).ended();
      expect(end instanceof AnswerErrors && end.codes).toEqual([code]);
    }
    expect(open).not.toHaveBeenCalled();
    open.mockRestore();
  });
});

it('A pause applies to workers that start later, and waiting jobs begin at once when it ends', async () => {
  await api.installation.db.em().execute('delete from videos');
  await operator.ask(PauseQueueDocument, video);
  const { id, cursor } = await maker.makeVideo(SMALL);
  const watch = maker.watch(VideoProgressDocument, { videoId: id, after: cursor });
  const answers = vi.spyOn(Worker.prototype, 'onNotification');
  const worker = await TestApp.start({ api: false, installation: api.installation });
  try {
    await until('the worker was notified of the video', () => answers.mock.settledResults.length > 0);
    const jobs = await api.installation.db.sql().selectFrom('jobs').select(['status', 'attempt']).execute();
    expect(jobs).toEqual([{ status: 'WAITING', attempt: 0 }]);
    const { queues } = await operator.ask(QueuesDocument, {});
    expect(queues?.map(({ workers }) => workers)).toEqual([1, 1, 1, 1]);

    const resumed = performance.now();
    await operator.ask(ResumeQueueDocument, video);
    await watch.sees(({ videoProgress }) => videoProgress.status === 'PROCESSING');
    // The sweeper would notify again after ten seconds.
    expect(performance.now() - resumed).toBeLessThan(8_000);

    const { stuckVideos } = await operator.ask(StuckVideosDocument, { olderThanSeconds: 0 });
    const owned = { video: { id, owner: { username: 'maker' } }, lastHeartbeatAt: expect.any(String) };
    expect(stuckVideos).toEqual([expect.objectContaining(owned)]);
    const { recoverStuckVideos } = await operator.ask(RecoverStuckVideosDocument, { olderThanSeconds: 3_600 });
    expect(recoverStuckVideos).toEqual({ recovered: [], userErrors: [] });
  } finally {
    answers.mockRestore();
    watch.leave();
    await worker.close();
  }
});
