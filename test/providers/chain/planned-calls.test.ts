import { describe, expect, it } from 'vitest';
import { answers, chainOf, OPEN, provider } from './chain-fixture.ts';

const HI = [
  { request: { text: 'Hi.' }, sceneId: 'one' },
  { request: { text: 'Bye.' }, sceneId: 'two' },
];

describe('Calls that are only worth making together', () => {
  it('are compared with the limit before any of them, at the price of the provider that is called first', async () => {
    const { chain, notes } = chainOf([answers('one'), answers('two')]);
    await chain.ensureBudget(HI);
    expect(notes).toEqual(['open', 'open', 'plan 2 of one for 20']);
  });

  it('are not made where they may cost too much', async () => {
    const { chain } = chainOf([answers('one')], { refusing: { at: 'ensureBudget', code: 'BUDGET_EXCEEDED' } });
    await expect(chain.ensureBudget(HI)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  });

  it.each([
    ['is stored', { opened: { state: 'STORED', stored: { size: 1 }, provider: 'one' } as const }],
    ['was started', { opened: { ...OPEN, started: { attemptId: 'a0', provider: 'one', startedId: 't1' } } }],
    ['was lost by their only provider', { opened: { ...OPEN, lostBy: ['one'] } }],
    ['no provider makes at the moment', { held: { one: { admitted: false, because: 'DISABLED' } as const } }],
  ])('cost nothing more where what they make %s', async (_what, given) => {
    const { chain, notes } = chainOf([answers('one')], given);
    await chain.ensureBudget(HI);
    expect(notes).toEqual(['open', 'open']);
  });

  it('are counted at the prices of those who can make them', async () => {
    const dear = provider('dear', async ({ text }) => text, { mostUsage: () => ({ characters: 90 }) });
    const held = { one: { admitted: false, because: 'DISABLED' } as const };
    const { chain, notes } = chainOf([answers('one'), dear], { held });
    await chain.ensureBudget(HI);
    expect(notes.at(-1)).toBe('plan 2 of dear for 180');
  });
});
