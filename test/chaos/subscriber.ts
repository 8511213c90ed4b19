import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/providers/local/cards/random.ts';
import type { Client } from '../helpers/client.ts';
import { VideoEventsDocument } from '../helpers/generated/documents.ts';
import { StallDetector } from './progress-mark.ts';
import type { Run } from './run.ts';

/** A subscriber to all videos of a user, which resumes after each broken connection from the last event received. */
export class Subscriber {
  /** Ids of events, in the order of their arrival. */
  readonly seen: string[] = [];
  reconnects = 0;
  readonly #client: Client;
  readonly #random: Random;
  readonly #leaving = new AbortController();
  /** Aborted when the subscriber leaves, by itself or because the run ends. */
  readonly #left: AbortSignal;
  readonly #subscription: Promise<void>;
  #last: string;

  /** `after` is the event after which all events are expected. */
  constructor(client: Client, after: string, random: Random, run: Run) {
    this.#client = client;
    this.#last = after;
    this.#random = random;
    this.#left = AbortSignal.any([run.signal, this.#leaving.signal]);
    this.#subscription = run.part(this.#subscribe());
  }

  /** Waits until the event, or one after it, has arrived, or nothing has arrived for this long. Ids sort as the log does. */
  async waitForEvent(id: string, stallSeconds: number): Promise<void> {
    const stallDetector = new StallDetector(stallSeconds, () => performance.now() / 1_000);
    while (this.#last < id && !stallDetector.isStalled(this.#last)) await sleep(50, undefined, { signal: this.#left });
  }

  async leave(): Promise<void> {
    this.#leaving.abort();
    await this.#subscription;
  }

  async #subscribe(): Promise<void> {
    while (!this.#left.aborted) {
      await this.#subscribeUntilBroken();
      this.reconnects++;
      await sleep(100);
    }
  }

  async #subscribeUntilBroken(): Promise<void> {
    const watch = this.#client.watch(VideoEventsDocument, { after: this.#last });
    // Connections break also where no server was killed.
    const breaks = setTimeout(() => watch.cut(), this.#random.between(2_000, 15_000));
    for (let at = 0; !this.#left.aborted; ) {
      const event = watch.events[at];
      if (event) {
        at++;
        this.#last = event.videoEvents.id;
        this.seen.push(this.#last);
      } else if (watch.end !== undefined) break;
      else await sleep(20);
    }
    clearTimeout(breaks);
    watch.cut();
  }
}
