import { z } from 'zod';
import type { CreateVideoInput } from '../../src/cli/generated/documents.ts';
import type { Client } from '../../test/helpers/client.ts';
import type { OwnStepsSubscription } from '../../test/helpers/generated/documents.ts';
import type { Watch } from '../../test/helpers/subscription-watch.ts';
import { median, say } from '../shared/measure.ts';

const MARKS = [0, 10, 30, 50, 80] as const;
type Mark = (typeof MARKS)[number];
const WAIT_TIMEOUT_SECONDS = 3_600;

/** Estimated and real times of one video, in seconds: mark 0 is the acceptance, including the wait. */
export interface Estimate {
  readonly position: number | null;
  readonly wholeSeconds: number;
  readonly marks: readonly { readonly mark: Mark; readonly predicted: number; readonly real: number }[];
}

interface Round {
  readonly client: Client;
  readonly token: string;
  readonly watch: Watch<OwnStepsSubscription>;
  readonly inputs: readonly CreateVideoInput[];
}

const answer = z.object({
  data: z.object({ video: z.object({ etaSeconds: z.number().nullable(), queuePosition: z.number().nullable() }) }),
});

/** Requests all videos at once and waits for all. */
export async function measure({ client, token, watch, inputs }: Round): Promise<Estimate[]> {
  const videos = [];
  for (const input of inputs) {
    const { id } = await client.makeVideo(input);
    videos.push({ id, askedAt: Date.now(), ...(await waitOf(client.url, token, id)) });
  }
  const estimates: Estimate[] = [];
  for (const { id, askedAt, etaSeconds, queuePosition } of videos) {
    const is = (one: OwnStepsSubscription) => one.videoEvents.videoId === id;
    const end = await watch.sees(
      (one) => is(one) && ['COMPLETED', 'FAILED'].includes(one.videoEvents.status),
      WAIT_TIMEOUT_SECONDS,
    );
    if (end.videoEvents.status === 'FAILED') throw new Error(end.videoEvents.message);
    const endedAt = Date.parse(end.videoEvents.at);
    const events = watch.events.filter(is).map(({ videoEvents }) => videoEvents);
    const reached = MARKS.flatMap((mark) => {
      const event = mark === 0 ? undefined : events.find(({ progress }) => progress >= mark);
      const [predicted, at] = event ? [event.etaSeconds, Date.parse(event.at)] : [etaSeconds, askedAt];
      return predicted === null || (mark !== 0 && !event) ? [] : [{ mark, predicted, real: (endedAt - at) / 1_000 }];
    });
    estimates.push({ position: queuePosition, wholeSeconds: (endedAt - askedAt) / 1_000, marks: reached });
  }
  return estimates;
}

async function waitOf(url: string, token: string, id: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: `{ video(id: "${id}") { etaSeconds queuePosition } }` }),
  });
  return answer.parse(await response.json()).data.video;
}

/** Prints each video, and the median error at each mark. */
export function report(title: string, estimates: readonly Estimate[]): void {
  say(`\n${title}`);
  for (const { position, wholeSeconds, marks } of estimates) {
    const predicted = marks
      .map(({ mark, predicted, real }) => `${mark} %: ${predicted} / ${real.toFixed(1)} s`)
      .join('   ');
    say(`  position ${position ?? '-'}, ${wholeSeconds.toFixed(1)} s; estimated / real at ${predicted}`);
  }
  for (const mark of MARKS) {
    const errors = estimates
      .flatMap(({ marks }) => marks)
      .filter((one) => one.mark === mark)
      .map(({ predicted, real }) => Math.abs(predicted - real) / real);
    say(`  at ${mark} %: median |estimated − real| / real = ${median(errors).toFixed(2)} of ${errors.length}`);
  }
}
