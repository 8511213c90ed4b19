/** What a server process of bench/fan-out/main.ts can do; the load asks for it over IPC. */
export interface PublisherProcess {
  readonly url: string;
  /** Subscriptions that were opened. */
  subscribed(): number;
  /** Gives the event with this number to everybody. */
  publish(number: number): void;
}

/** Listens to the load, which sends the number of an event to publish, or "subscribed" to be told how many are. */
export function serve(side: PublisherProcess): void {
  process.on('message', (message) => {
    if (typeof message === 'number') side.publish(message);
    else process.send?.({ subscribed: side.subscribed() });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: side.url });
}
