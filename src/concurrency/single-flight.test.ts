import { describe, expect, it } from 'vitest';
import { canceled } from '../errors.ts';
import { SingleFlight } from './single-flight.ts';

const ignore = (): void => undefined;

/** An operation that ends when resolved by the test, or when it is aborted. */
function slowWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const work = new SingleFlight<string>((signal) => {
    signal.addEventListener('abort', () => reject(canceled(signal)));
    return promise;
  });
  return { work, resolve };
}

describe('A single flight', () => {
  it('gives all waiters the same result', async () => {
    const { work, resolve } = slowWork();
    const both = [work.wait(new AbortController().signal, ignore), work.wait(new AbortController().signal, ignore)];
    resolve('done');
    expect(await Promise.all(both)).toEqual(['done', 'done']);
  });

  it('continues for the remaining waiter when another one aborts', async () => {
    const { work, resolve } = slowWork();
    const leaver = new AbortController();
    const left = work.wait(leaver.signal, ignore);
    const stayed = work.wait(new AbortController().signal, ignore);
    leaver.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELED' });
    expect(work.abandoned).toBe(false);
    resolve('done');
    expect(await stayed).toBe('done');
  });

  it('is aborted when the last waiter aborts', async () => {
    const { work } = slowWork();
    const leavers = [new AbortController(), new AbortController()];
    const waits = leavers.map(({ signal }) => work.wait(signal, ignore));
    for (const leaver of leavers) leaver.abort();
    for (const wait of waits) await expect(wait).rejects.toMatchObject({ code: 'CANCELED' });
    expect(work.abandoned).toBe(true);
  });
});
