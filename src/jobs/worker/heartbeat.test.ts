import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Heartbeat } from './heartbeat.ts';

const CLAIM = {
  jobId: 'j',
  videoId: 'v',
  fence: 1,
  priority: 'NORMAL',
  attempt: 1,
  deaths: 0,
  traceId: null,
  spanId: null,
} as const;
const SECONDS = 6;
const never = () => new Promise<boolean>(() => undefined);
const refused = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));

let heartbeat: Heartbeat;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  heartbeat.stop();
  vi.useRealTimers();
});

/** A heartbeat whose beats have these outcomes; the last one repeats. */
function beating(...outcomes: (() => Promise<boolean>)[]) {
  const renew = vi.fn(() => (outcomes.length > 1 ? outcomes.shift() : outcomes[0])?.() ?? never());
  heartbeat = new Heartbeat({ leaseSeconds: SECONDS, renew }, CLAIM);
  return { renew, signal: heartbeat.signal };
}

describe('A heartbeat', () => {
  it('that is never answered loses the lease when it expires, and not much later; the cause is the missing answer', async () => {
    const { signal } = beating(never);
    await vi.advanceTimersByTimeAsync((SECONDS - 1) * 1_000);
    expect(signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(signal.reason).toMatchObject({ code: 'LEASE_LOST', cause: { code: 'DATABASE_CONNECTION_FAILED' } });
  });

  it('continues after one beat without an answer', async () => {
    const { signal } = beating(never, async () => true);
    await vi.advanceTimersByTimeAsync(10 * SECONDS * 1_000);
    expect(signal.aborted).toBe(false);
  });

  it('continues where all answers arrive late', async () => {
    const { signal } = beating(() => new Promise((resolve) => setTimeout(resolve, 2_500, true)));
    await vi.advanceTimersByTimeAsync(10 * SECONDS * 1_000);
    expect(signal.aborted).toBe(false);
  });

  it('tries again soon where the database is unreachable, so that a short outage does no harm', async () => {
    const { renew, signal } = beating(refused, refused, refused, refused, async () => true);
    await vi.advanceTimersByTimeAsync(3_100);
    expect(renew.mock.calls.length).toBe(5);
    await vi.advanceTimersByTimeAsync(10 * SECONDS * 1_000);
    expect(signal.aborted).toBe(false);
  });

  it('loses the lease at once where another worker has it; the database is not the cause', async () => {
    const { signal } = beating(async () => false);
    await vi.advanceTimersByTimeAsync((SECONDS * 1_000) / 3);
    expect(signal.reason).toMatchObject({ code: 'LEASE_LOST' });
    expect(signal.reason.cause).toBeUndefined();
  });
});
