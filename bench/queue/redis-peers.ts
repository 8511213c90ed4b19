import { randomUUID } from 'node:crypto';
import BeeQueue from 'bee-queue';
import { Queue, Worker } from 'bullmq';
import type { Contender } from './contender.ts';

/** bee-queue with the settings of its own benchmark and of our job notifier: no stored results, no events. */
export const plainBeeQueue: Contender = {
  name: 'bee-queue, plain',
  durable: false,
  open: async ({ redisUrl, slots }, _jobs, listener) => {
    const settings = { prefix: `bench-${randomUUID()}`, redis: { url: redisUrl }, getEvents: false, sendEvents: false };
    const few = { ...settings, storeJobs: false, activateDelayedJobs: false, removeOnSuccess: true };
    const [producer, consumer] = [{ ...few, isWorker: false }, few].map(
      (options) => new BeeQueue<{ number: number }>('bench', options),
    );
    if (!producer || !consumer) throw new Error('No queue was made.');
    await Promise.all([producer.ready(), consumer.ready()]);
    consumer.on('succeeded', () => listener.finished());
    consumer.process(slots, async ({ data }) => listener.started(data.number));
    return {
      enqueue: async (number) => void (await producer.createJob({ number }).save()),
      close: async () => void (await Promise.all([producer.close(), consumer.close()])),
    };
  },
};

/** BullMQ as set up in its documentation, with finished jobs removed. */
export const bullMq: Contender = {
  name: 'BullMQ',
  durable: false,
  open: async ({ redisUrl, slots }, _jobs, listener) => {
    const options = { connection: { url: redisUrl, maxRetriesPerRequest: null }, prefix: `bench-${randomUUID()}` };
    const queue = new Queue('bench', { ...options, defaultJobOptions: { removeOnComplete: true } });
    const work = async ({ data }: { data: { number: number } }) => listener.started(data.number);
    const worker = new Worker('bench', work, { ...options, concurrency: slots });
    worker.on('completed', () => listener.finished());
    worker.on('error', (error) => process.stderr.write(`BullMQ: ${error.message}\n`));
    await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
    return {
      enqueue: async (number) => void (await queue.add('job', { number })),
      close: async () => void (await Promise.all([queue.close(), worker.close()])),
    };
  },
};
