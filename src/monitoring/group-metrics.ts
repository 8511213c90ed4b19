import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { z } from 'zod';
import { AppError } from '../errors.ts';

/** Between the processes of a group and the one that began them. */
const question = z.object({ autovideo: z.literal('metrics?'), number: z.int() });
const answer = z.object({ autovideo: z.literal('metrics'), number: z.int(), text: z.string().nullable() });

/** In the process that begins a group: answers for all of them whoever was scraped. Returns what ends it. */
export function serveGroupMetrics(): () => void {
  const all = new AggregatorRegistry();
  const onMessage = (member: Worker, message: unknown) => {
    const asked = question.safeParse(message);
    if (!asked.success) return;
    const tell = (text: string | null) => member.send({ autovideo: 'metrics', number: asked.data.number, text });
    all.clusterMetrics().then(tell, () => tell(null));
  };
  cluster.on('message', onMessage);
  return () => void cluster.off('message', onMessage);
}

/** In a process of a group: asks for the metrics of all. Each scrape may reach another process, so one alone would mean nothing. */
export class GroupMetrics {
  #asked = 0;

  constructor(own: Registry) {
    AggregatorRegistry.setRegistries([own]);
    new AggregatorRegistry();
  }

  async text(): Promise<string> {
    const number = ++this.#asked;
    const told = Promise.withResolvers<string | null>();
    const onMessage = (message: unknown) => {
      const said = answer.safeParse(message);
      if (said.success && said.data.number === number) told.resolve(said.data.text);
    };
    process.on('message', onMessage);
    try {
      process.send?.({ autovideo: 'metrics?', number });
      const text = await told.promise;
      if (text === null) throw new AppError('INTERNAL_ERROR', 'A process of this group does not answer.');
      return text;
    } finally {
      process.off('message', onMessage);
    }
  }
}
