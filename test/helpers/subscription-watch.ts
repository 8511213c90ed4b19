/** The events of a subscription so far, for tests to wait on. */
export class Watch<Event> {
  readonly events: Event[] = [];
  /** Undefined while it continues. */
  end: 'completed' | Error | undefined;
  readonly #leave: () => void;
  readonly #cut: () => void;
  readonly #changed = new Set<() => void>();

  /** `leave` unsubscribes properly, `cut` breaks the connection. */
  constructor({ leave, cut }: { leave: () => void; cut: () => void }) {
    this.#leave = leave;
    this.#cut = cut;
  }

  push(event: Event): void {
    this.events.push(event);
    this.#notify();
  }

  finish(end: 'completed' | Error): void {
    this.end ??= end;
    this.#notify();
  }

  leave(): void {
    this.#leave();
  }

  cut(): void {
    this.#cut();
  }

  /** Waits for the first event that matches; throws where the subscription ends or the timeout passes without one. */
  async sees(fits: (event: Event) => boolean, seconds = 60): Promise<Event> {
    const look = () => this.events.find(fits);
    await this.#until(() => look() !== undefined || this.end !== undefined, seconds);
    const found = look();
    if (found === undefined)
      throw new Error(`It ended (${String(this.end)}) without such an event; there were:\n${this.#summary()}`);
    return found;
  }

  /** All events, once it has ended by itself. Throws the error with which it ended. */
  async whole(seconds = 60): Promise<readonly Event[]> {
    await this.ended(seconds);
    if (this.end instanceof Error) throw this.end;
    return this.events;
  }

  /** How it ended. */
  async ended(seconds = 60): Promise<'completed' | Error> {
    await this.#until(() => this.end !== undefined, seconds);
    return this.end ?? 'completed';
  }

  async #until(holds: () => boolean, seconds: number): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (holds()) done(resolve);
      };
      const late = () =>
        done(() => reject(new Error(`No such event in ${seconds} s; there were:\n${this.#summary()}`)));
      const timer = setTimeout(late, seconds * 1_000);
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#changed.delete(look);
        settle();
      };
      this.#changed.add(look);
    });
  }

  #notify(): void {
    for (const look of [...this.#changed]) look();
  }

  #summary(): string {
    return this.events.map((event) => JSON.stringify(event)).join('\n');
  }
}
