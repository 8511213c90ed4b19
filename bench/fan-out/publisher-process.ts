/** The operations of a server process of bench/fan-out/main.ts; the load calls them over IPC. */
export interface PublisherProcess {
  readonly url: string;
  /** Number of opened subscriptions. */
  subscribed(): number;
  /** Sends the event with this number to all subscribers. */
  publish(number: number): void;
}

/**
 * Handles messages of the load: the number of an event to publish, or "subscribed" to request the number of
 * subscriptions.
 */
export function serve(side: PublisherProcess): void {
  process.on('message', (message) => {
    if (typeof message === 'number') side.publish(message);
    else process.send?.({ subscribed: side.subscribed() });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: side.url });
}
