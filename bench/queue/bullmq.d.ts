/** The part of BullMQ that its bench uses: the package is installed only for the bench. */
declare module 'bullmq' {
  interface Options {
    readonly connection: { readonly url: string; readonly maxRetriesPerRequest?: null };
    readonly prefix: string;
  }
  interface Job {
    readonly data: { readonly number: number };
  }
  export class Queue {
    constructor(
      name: string,
      options: Options & { readonly defaultJobOptions: { readonly removeOnComplete: boolean } },
    );
    add(name: string, data: Job['data']): Promise<unknown>;
    waitUntilReady(): Promise<unknown>;
    close(): Promise<void>;
  }
  export class Worker {
    constructor(name: string, work: (job: Job) => Promise<void>, options: Options & { readonly concurrency: number });
    on(event: 'completed', callback: () => void): this;
    on(event: 'error', callback: (error: Error) => void): this;
    waitUntilReady(): Promise<unknown>;
    close(): Promise<void>;
  }
}
