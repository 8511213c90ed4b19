import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const QUERY = 'subscription { videoEvents { id videoId status progress message } }';
const EXCHANGED_EACH_MINUTE = 10;

interface Subscriber {
  readonly client: Client;
  readonly unsubscribe: () => void;
}

/** Clients that watch the events of all videos of their user, each over a socket of its own. */
export class Subscribers {
  /** Events that have arrived at all of them. */
  received = 0;
  /** Clients that left and were replaced. */
  exchanged = 0;
  readonly #url: string;
  readonly #token: string;
  readonly #open: Subscriber[] = [];
  /** The part of a client that is to be exchanged next. */
  #due = 0;

  private constructor(url: string, token: string) {
    this.#url = `${url.replace('http', 'ws')}/graphql`;
    this.#token = token;
  }

  static async open(url: string, token: string, count: number): Promise<Subscribers> {
    const subscribers = new Subscribers(url, token);
    for (let i = 0; i < count; i++) subscribers.#add();
    return subscribers;
  }

  /** Lets as many leave as are due after this part of a minute, and others come. */
  async exchangeSome(minutes: number): Promise<void> {
    this.#due += EXCHANGED_EACH_MINUTE * minutes;
    for (; this.#due >= 1 && this.#open.length > 0; this.#due--) {
      await leave(this.#open.shift());
      this.#add();
      this.exchanged++;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map(leave));
  }

  #add(): void {
    const client = createClient({
      url: this.#url,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.#token}` },
    });
    const unsubscribe = client.subscribe(
      { query: QUERY },
      {
        next: () => {
          this.received++;
        },
        error: (thrown: unknown) => {
          throw new Error(`A subscription failed: ${JSON.stringify(thrown)}`);
        },
        complete: () => undefined,
      },
    );
    this.#open.push({ client, unsubscribe });
  }
}

async function leave(subscriber: Subscriber | undefined): Promise<void> {
  subscriber?.unsubscribe();
  await subscriber?.client.dispose();
}
