import { describe, expect, it } from 'vitest';
import { waitingStates } from '../../../src/services/providers/waiting-states.ts';

/** States in a database that is unreachable at the first two requests of each kind. */
function lostAtFirst(error: () => Error) {
  const asked: string[] = [];
  const answer = async <T>(what: string, value: T): Promise<T> => {
    asked.push(what);
    if (asked.filter((one) => one === what).length < 3) throw error();
    return value;
  };
  return {
    asked,
    states: {
      isEnabled: (name: string) => answer(`isEnabled ${name}`, true),
      admit: (name: string) => answer(`admit ${name}`, { admitted: true } as const),
      succeeded: (name: string) => answer(`succeeded ${name}`, undefined),
      failed: (name: string, code: string) => answer(`failed ${name} ${code}`, undefined),
    },
  };
}
const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('States of providers for a job', () => {
  it('are waited for while the database is unreachable, so that its loss costs no attempt', async () => {
    const { states, asked } = lostAtFirst(refused);
    const waiting = waitingStates(states, new AbortController().signal);
    expect(await waiting.isEnabled('one')).toBe(true);
    expect(await waiting.admit('one')).toEqual({ admitted: true });
    await waiting.succeeded('one');
    await waiting.failed('one', 'OPENAI_TIMEOUT');
    expect(asked).toHaveLength(12);
  });

  it('are not waited for after the job has to end, nor after an error of another kind', async () => {
    const ending = new AbortController();
    ending.abort(new Error('The worker stops.'));
    await expect(waitingStates(lostAtFirst(refused).states, ending.signal).admit('one')).rejects.toThrow('stops');
    const { states, asked } = lostAtFirst(() => new Error('no such column'));
    await expect(waitingStates(states, new AbortController().signal).admit('one')).rejects.toThrow('no such column');
    expect(asked).toHaveLength(1);
  });
});
