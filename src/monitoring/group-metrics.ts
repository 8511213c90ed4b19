import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { z } from 'zod';
import { AppError } from '../errors.ts';

/** Messages between the processes of a group and the process that started them. */
const metricsRequest = z.object({ autovideo: z.literal('metrics?'), number: z.int() });
const metricsResponse = z.object({ autovideo: z.literal('metrics'), number: z.int(), text: z.string().nullable() });

/** In the process that starts a group: answers scrapes for all of them, whichever was scraped. Returns a function that ends it. */
export function serveGroupMetrics(): () => void {
  const all = new AggregatorRegistry();
  const onMessage = (worker: Worker, message: unknown) => {
    const request = metricsRequest.safeParse(message);
    if (!request.success) return;
    const respond = (text: string | null) => worker.send({ autovideo: 'metrics', number: request.data.number, text });
    all.clusterMetrics().then(respond, () => respond(null));
  };
  cluster.on('message', onMessage);
  return () => void cluster.off('message', onMessage);
}

/** In a process of a group: requests the metrics of all. Each scrape may reach another process, so the figures of one are of no use. */
export class GroupMetrics {
  #requests = 0;

  constructor(own: Registry) {
    AggregatorRegistry.setRegistries([own]);
    new AggregatorRegistry();
  }

  async text(): Promise<string> {
    const number = ++this.#requests;
    const reply = Promise.withResolvers<string | null>();
    const onMessage = (message: unknown) => {
      const parsedResponse = metricsResponse.safeParse(message);
      if (parsedResponse.success && parsedResponse.data.number === number) reply.resolve(parsedResponse.data.text);
    };
    process.on('message', onMessage);
    try {
      process.send?.({ autovideo: 'metrics?', number });
      const text = await reply.promise;
      if (text === null) throw new AppError('INTERNAL_ERROR', 'A process of this group does not answer.');
      return text;
    } finally {
      process.off('message', onMessage);
    }
  }
}
