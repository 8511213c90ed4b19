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
  readonly #token: () => Promise<string>;
  readonly #open: Subscriber[] = [];
  /** The part of a client that is to be exchanged next. */
  #due = 0;
  #failure: unknown;

  private constructor(url: string, token: () => Promise<string>) {
    this.#url = `${url.replace('http', 'ws')}/graphql`;
    this.#token = token;
  }

  /** `token` gives a valid access token; the server closes a socket when its own has expired, and its client comes back. */
  static open(url: string, token: () => Promise<string>, count: number): Subscribers {
    const subscribers = new Subscribers(url, token);
    for (let i = 0; i < count; i++) subscribers.#add();
    return subscribers;
  }

  /** Lets as many leave as are due after this part of a minute, and others come. */
  exchangeSome(minutes: number): void {
    this.#due += EXCHANGED_EACH_MINUTE * minutes;
    for (; this.#due >= 1 && this.#open.length > 0; this.#due--) {
      leave(this.#open.shift());
      this.#add();
      this.exchanged++;
    }
  }

  /** Throws why a subscription has ended, where one has. */
  throwFailure(): void {
    if (this.#failure !== undefined) throw new Error('A subscription has ended.', { cause: this.#failure });
  }

  close(): void {
    for (const subscriber of this.#open.splice(0)) leave(subscriber);
  }

  #add(): void {
    const client = createClient({
      url: this.#url,
      webSocketImpl: WebSocket,
      connectionParams: async () => ({ authorization: `Bearer ${await this.#token()}` }),
    });
    const unsubscribe = client.subscribe(
      { query: QUERY },
      {
        next: () => {
          this.received++;
        },
        error: (thrown: unknown) => {
          this.#failure ??= thrown;
        },
        complete: () => undefined,
      },
    );
    this.#open.push({ client, unsubscribe });
  }
}

function leave(subscriber: Subscriber | undefined): void {
  subscriber?.unsubscribe();
  subscriber?.client.terminate();
}
