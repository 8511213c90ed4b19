import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/providers/local/cards/random.ts';
import type { Client } from '../helpers/client.ts';
import { VideoEventsDocument } from '../helpers/generated/documents.ts';

/** Somebody who follows all of their videos, and after each broken connection goes on from the last event seen. */
export class Follower {
  /** Ids of events, in the order in which they came. */
  readonly seen: string[] = [];
  reconnects = 0;
  readonly #client: Client;
  readonly #random: Random;
  readonly #running: Promise<void>;
  #last: string;
  #left = false;
  #cut: () => void = () => undefined;

  /** `after` is the event from which on everything is expected. */
  constructor(client: Client, after: string, random: Random) {
    this.#client = client;
    this.#last = after;
    this.#random = random;
    this.#running = this.#follow();
  }

  /** Waits until the event has come, or the time is over. */
  async hasSeen(id: string, seconds: number): Promise<boolean> {
    const end = Date.now() + seconds * 1_000;
    while (this.#last !== id && Date.now() < end) await sleep(50);
    return this.#last === id;
  }

  async leave(): Promise<void> {
    this.#left = true;
    this.#cut();
    await this.#running;
  }

  async #follow(): Promise<void> {
    while (!this.#left) {
      const watch = this.#client.watch(VideoEventsDocument, { after: this.#last });
      this.#cut = () => watch.cut();
      // Connections break also where no server was killed.
      const breaks = setTimeout(() => watch.cut(), this.#random.between(2_000, 15_000));
      for (let at = 0; !this.#left; ) {
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
      this.reconnects++;
      await sleep(100);
    }
  }
}

/** Somebody who orders videos and follows them. */
export interface Person {
  readonly ownerId: string;
  readonly client: Client;
  readonly follower: Follower;
}
