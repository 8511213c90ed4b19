import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { openDatabase } from '../../src/db/database.ts';
import { Chain } from '../../src/providers/chain.ts';
import type { Ledger } from '../../src/providers/ledger.ts';
import type { ContentProvider } from '../../src/providers/provider.ts';
import { SharedProviderStates } from '../../src/services/providers/shared-provider-states.ts';
import { ownerOn } from '../../test/helpers/video-services.ts';
import { ledgerFixtureOn } from '../../test/jobs/ledger-fixture.ts';
import { percentile, row } from '../shared/measure.ts';
import { type BenchServers, freshDatabaseUrl } from '../shared/servers.ts';

interface Line {
  readonly text: string;
}

const stored = z.object({ size: z.number() });
const PARALLEL = 4;
const WARM_UP = 50;

/** Prints the milliseconds of calls whose provider answers at once: what the chain and the ledger take. */
export async function measureCalls(
  servers: BenchServers,
  resources: AsyncDisposableStack,
  calls: number,
): Promise<void> {
  const db = await openDatabase({ url: await freshDatabaseUrl(servers.databaseUrl, resources), poolMax: 8 });
  resources.defer(() => db.close());
  await db.migrate();
  const fixture = ledgerFixtureOn(db, await ownerOn(db));
  const states = new SharedProviderStates({ db, onChange: () => undefined });
  const chainOn = (ledger: Ledger, provider: ContentProvider<Line, string>) =>
    new Chain([provider], { ledger, states, costOf: () => 1 }, ({ text }) => ({
      stage: 'SPEECH',
      type: 'AUDIO',
      prompt: text,
      parameters: {},
    }));
  /** A request of a new scene of a new video. */
  const ofNewVideo = async (provider = INSTANT) => {
    const { claim } = await fixture.claimed();
    return requestsOf(chainOn(fixture.ledgerOf(claim), provider));
  };

  row('', 'p50', 'p95');
  const warmUp = await ofNewVideo();
  for (let call = 0; call < WARM_UP; call++) await warmUp.fresh();
  const video = await ofNewVideo();
  report('a new call', await timesOf(calls, 1, video.fresh));
  report('the same call again', await timesOf(calls, 1, video.repeated));
  report(`new calls, ${PARALLEL} at once`, await timesOf(calls, PARALLEL, (await ofNewVideo()).fresh));
  const [earlier, later] = [await ofNewVideo(CACHEABLE), await ofNewVideo(CACHEABLE)];
  report('a new call, to be used again', await timesOf(calls, 1, earlier.different));
  report('the same from that video', await timesOf(calls, 1, later.different));
}

const INSTANT: ContentProvider<Line, string> = {
  name: 'instant',
  service: 'OPENAI',
  models: ['i1'],
  paid: true,
  priority: 0,
  concurrency: 1_000,
  unsuitable: () => undefined,
  mostUsage: () => ({}),
  call: async ({ text }) => ({ content: text, model: 'i1', usage: {} }),
};

/** Its content is used again by other videos. */
const CACHEABLE: ContentProvider<Line, string> = { ...INSTANT, cacheInput: ({ text }) => ({ text }) };

function requestsOf(chain: Chain<Line, string>) {
  const call = async (sceneId: string, text = 'Bees dance.') => {
    await chain.call(
      { text },
      {
        sceneId,
        signal: new AbortController().signal,
        storedSchema: stored,
        store: async (answer) => ({ size: answer.length }),
        // A film's file is copied here, which takes as long as its disk needs.
        copy: async (earlier) => earlier,
      },
    );
  };
  const first = randomUUID();
  let lines = 0;
  return {
    fresh: () => call(randomUUID()),
    repeated: () => call(first),
    different: () => call(randomUUID(), `Bees dance ${lines++} times.`),
  };
}

/** Milliseconds of each of so many calls. */
async function timesOf(calls: number, parallel: number, call: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  const runner = async () => {
    while (times.length < calls) {
      const begun = performance.now();
      await call();
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: parallel }, runner));
  return times;
}

function report(what: string, times: readonly number[]): void {
  row(what, percentile(times, 0.5).toFixed(2), percentile(times, 0.95).toFixed(2));
}
