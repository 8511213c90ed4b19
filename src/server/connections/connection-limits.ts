import { RateLimitedError } from '../../auth/auth-error.ts';
import { networkOf } from '../../auth/client-network.ts';
import type { OperationStep } from '../operations/operation-step.ts';
import type { Claim, OpenPlaces, Place } from './open-places.ts';

/** How much may be open at once in all processes together. Up to and including each number is allowed. */
export interface ConnectionLimits {
  /** WebSockets and event streams of a user. */
  readonly socketsPerUser: number;
  /** WebSockets and event streams from a network. */
  readonly socketsPerNetwork: number;
  /** WebSockets from a network that have not had their connection_ack yet; `initWaitMs` ends them. */
  readonly newSocketsPerNetwork: number;
  readonly subscriptionsPerUser: number;
  readonly subscriptionsPerNetwork: number;
  /** TCP connections from a network to one process, whatever they do. */
  readonly connectionsPerNetwork: number;
}

/** What tests of other things use. */
export const NO_CONNECTION_LIMITS: ConnectionLimits = {
  socketsPerUser: Number.POSITIVE_INFINITY,
  socketsPerNetwork: Number.POSITIVE_INFINITY,
  newSocketsPerNetwork: Number.POSITIVE_INFINITY,
  subscriptionsPerUser: Number.POSITIVE_INFINITY,
  subscriptionsPerNetwork: Number.POSITIVE_INFINITY,
  connectionsPerNetwork: Number.POSITIVE_INFINITY,
};

/** Seconds after which a refused client may try again: new sockets have then been acknowledged or closed. */
export const RETRY_SECONDS = 10;

/** The place of one WebSocket, from before it is opened to its end. */
export interface SocketAdmission {
  /** Before the connection_ack, with the user or null for a guest. False where the user has as many connections as one may have. */
  acknowledge(userId: string | null): Promise<boolean>;
  /** When it has ended. */
  release(): void;
}

/** Limits what a user and a network have open. A guest counts only by network; a network is what `networkOf` says. */
export class ConnectionAdmission {
  readonly #limits: ConnectionLimits;
  readonly #places: OpenPlaces;

  constructor(limits: ConnectionLimits, places: OpenPlaces) {
    this.#limits = limits;
    this.#places = places;
  }

  /** Null where the network has as many sockets as it may have. */
  async openSocket(address: string | null): Promise<SocketAdmission | null> {
    const fresh = { name: `new:${networkOf(address)}`, most: this.#limits.newSocketsPerNetwork };
    const taken = await this.#places.take([this.#ofNetwork(address), fresh] as const);
    if ('name' in taken) return null;
    const [ofNetwork, ofNew] = taken;
    return new AdmittedSocket([ofNetwork], ofNew, (userId) => this.#places.take([this.#ofUser(userId)] as const));
  }

  /** The place of an event stream. Throws RATE_LIMITED where its user or network has as many connections as one may have. */
  async openStream(address: string | null, userId: string | null): Promise<Place> {
    const claims = [this.#ofNetwork(address), ...(userId === null ? [] : [this.#ofUser(userId)])];
    return together(await this.#places.take(claims), 'connections');
  }

  /** Counts each subscription by user and network, and refuses what is too many. */
  step(): OperationStep {
    return {
      name: 'limit subscriptions',
      begin: ({ executable, caller: { viewer, device } }) =>
        executable.type === 'subscription'
          ? this.#subscribe(device.ipAddress, viewer?.userId ?? null).then(({ release }) => release)
          : undefined,
    };
  }

  async #subscribe(address: string | null, userId: string | null): Promise<Place> {
    const { subscriptionsPerUser, subscriptionsPerNetwork } = this.#limits;
    const ofNetwork = { name: `subscriptions-network:${networkOf(address)}`, most: subscriptionsPerNetwork };
    const ofUser = userId === null ? [] : [{ name: `subscriptions-user:${userId}`, most: subscriptionsPerUser }];
    return together(await this.#places.take([ofNetwork, ...ofUser]), 'subscriptions');
  }

  #ofNetwork(address: string | null): Claim {
    return { name: `network:${networkOf(address)}`, most: this.#limits.socketsPerNetwork };
  }

  #ofUser(userId: string): Claim {
    return { name: `user:${userId}`, most: this.#limits.socketsPerUser };
  }
}

class AdmittedSocket implements SocketAdmission {
  readonly #places: Place[];
  readonly #ofNew: Place;
  readonly #takeForUser: (userId: string) => Promise<readonly [Place] | Claim>;
  #hasEnded = false;

  constructor(places: Place[], ofNew: Place, takeForUser: (userId: string) => Promise<readonly [Place] | Claim>) {
    this.#places = places;
    this.#ofNew = ofNew;
    this.#takeForUser = takeForUser;
  }

  async acknowledge(userId: string | null): Promise<boolean> {
    const taken = userId === null ? [] : await this.#takeForUser(userId);
    if ('name' in taken) return false;
    this.#places.push(...taken);
    // It may have ended while the other processes were asked.
    if (this.#hasEnded) this.release();
    this.#ofNew.release();
    return true;
  }

  release(): void {
    this.#hasEnded = true;
    this.#ofNew.release();
    for (const place of this.#places) place.release();
  }
}

/** Several places as one. Throws where there is none. */
function together(taken: readonly Place[] | Claim, what: 'connections' | 'subscriptions'): Place {
  if (!('name' in taken))
    return {
      release: () => {
        for (const place of taken) place.release();
      },
    };
  const whose = taken.name.includes('user:') ? 'Your account has' : 'Your network has';
  throw new RateLimitedError(
    RETRY_SECONDS,
    `${whose} ${taken.most} ${what} open, which is the most: end one, or try again later.`,
  );
}
