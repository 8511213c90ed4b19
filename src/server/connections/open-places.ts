/** One more of something that is limited, such as the connections of a user. */
export interface Claim {
  /** What is limited and for whom: "user:u_…", "network:192.0.2.1". */
  readonly name: string;
  readonly most: number;
}

/** One of the places that a limit allows. */
export interface Place {
  /** Gives it back; further calls do nothing. */
  release(): void;
}

/** What the processes of an installation have open together. Each place ends by itself where it is not renewed. */
export interface SharedPlaces {
  /** The index of the first claim that has no place left; -1 where each has one now; null where it cannot be known. Never rejects. */
  take(id: string, claims: readonly Claim[]): Promise<number | null>;
  release(id: string, name: string): void;
  /** Keeps the places of this process, also those that were taken while the others could not be asked. Never rejects. */
  renew(idsByName: ReadonlyMap<string, ReadonlySet<string>>): Promise<void>;
}

export interface OpenPlacesOptions {
  /** Only this process counts where left out. */
  readonly shared?: SharedPlaces | undefined;
  /** Milliseconds between two renewals. */
  readonly renewMs: number;
  /** The start of the ids of this process; differs from that of every other one. */
  readonly processId: string;
}

/**
 * The places that this process has taken, of limits that all processes share. This process counts its own, and refuses what alone
 * would be too many; beyond that, the shared count decides. Where that cannot be asked, the count of this process is the limit.
 */
export class OpenPlaces {
  readonly #options: OpenPlacesOptions;
  readonly #idsByName = new Map<string, Set<string>>();
  readonly #renewal: NodeJS.Timeout | undefined;
  #taken = 0;

  constructor(options: OpenPlacesOptions) {
    this.#options = options;
    const { shared, renewMs } = options;
    if (!shared) return;
    this.#renewal = setInterval(() => void shared.renew(this.#idsByName), renewMs);
    this.#renewal.unref();
  }

  /** A place for each claim, in their order, or the claim that has none left: then none is taken. */
  async take<Claims extends readonly Claim[]>(claims: Claims): Promise<{ [C in keyof Claims]: Place } | Claim>;
  async take(claims: readonly Claim[]): Promise<readonly Place[] | Claim> {
    const full = claims.find(({ name, most }) => (this.#idsByName.get(name)?.size ?? 0) >= most);
    if (full) return full;
    const id = `${this.#options.processId}-${++this.#taken}`;
    // Counted before the others are asked: meanwhile more may come.
    for (const { name } of claims) this.#add(id, name);
    const refused = (await this.#options.shared?.take(id, claims)) ?? -1;
    const refusedClaim = claims[refused];
    if (refusedClaim) for (const { name } of claims) this.#remove(id, name);
    return refusedClaim ?? claims.map(({ name }) => this.#placeOf(id, name));
  }

  /** Places that are still open end by themselves in the shared count. */
  close(): void {
    clearInterval(this.#renewal);
  }

  #placeOf(id: string, name: string): Place {
    return {
      release: () => {
        if (this.#remove(id, name)) this.#options.shared?.release(id, name);
      },
    };
  }

  #add(id: string, name: string): void {
    const ids = this.#idsByName.get(name);
    if (ids) ids.add(id);
    else this.#idsByName.set(name, new Set([id]));
  }

  /** False where it was removed before. */
  #remove(id: string, name: string): boolean {
    const ids = this.#idsByName.get(name);
    const isRemoved = ids?.delete(id) === true;
    if (ids?.size === 0) this.#idsByName.delete(name);
    return isRemoved;
  }
}
