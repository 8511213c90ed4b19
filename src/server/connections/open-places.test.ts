import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OpenPlaces, type Place, type SharedPlaces } from './open-places.ts';

const ANN = { name: 'user:ann', most: 2 };
const NETWORK = { name: 'network:192.0.2.1', most: 10 };

function sharedPlaces(answer: number | null) {
  const released: string[] = [];
  const renewed: string[][] = [];
  const shared: SharedPlaces = {
    take: async () => answer,
    release: (id, name) => void released.push(`${id} ${name}`),
    renew: async (idsByName) => void renewed.push([...idsByName].map(([name, ids]) => `${name}: ${[...ids].join()}`)),
  };
  return { shared, released, renewed };
}

const open = (shared?: SharedPlaces) => new OpenPlaces({ shared, renewMs: 1_000, processId: 'p' });
const placesIn = (taken: readonly Place[] | object): readonly Place[] => (Array.isArray(taken) ? taken : []);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('The places of one process', () => {
  it('are counted without the others', async () => {
    const places = open();
    const [first] = placesIn(await places.take([ANN]));
    await places.take([ANN]);
    expect(await places.take([ANN])).toBe(ANN);
    first?.release();
    first?.release();
    expect(placesIn(await places.take([ANN]))).toHaveLength(1);
    expect(await places.take([ANN])).toBe(ANN);
  });

  it('are not more than the limit where many are asked for at once', async () => {
    const places = open(sharedPlaces(null).shared);
    const taken = await Promise.all(Array.from({ length: 5 }, () => places.take([ANN])));
    expect(taken.filter((each) => each === ANN)).toHaveLength(3);
  });

  it('are free again where the other processes have taken all', async () => {
    const { shared, released } = sharedPlaces(1);
    const places = open(shared);
    for (let tries = 0; tries < 5; tries++) expect(await places.take([ANN, NETWORK])).toBe(NETWORK);
    expect(released).toEqual([]);
  });

  it('are given back to the others once, and renewed until then', async () => {
    const { shared, released, renewed } = sharedPlaces(-1);
    const places = open(shared);
    const [ofAnn, ofNetwork] = placesIn(await places.take([ANN, NETWORK]));
    await vi.advanceTimersByTimeAsync(1_000);
    ofAnn?.release();
    ofAnn?.release();
    await vi.advanceTimersByTimeAsync(1_000);
    ofNetwork?.release();
    places.close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(released).toEqual(['p-1 user:ann', 'p-1 network:192.0.2.1']);
    expect(renewed).toEqual([['user:ann: p-1', 'network:192.0.2.1: p-1'], ['network:192.0.2.1: p-1']]);
  });
});
