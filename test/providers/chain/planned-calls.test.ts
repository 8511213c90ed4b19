import { describe, expect, it } from 'vitest';
import { answers, chainOf, provider } from './chain-fixture.ts';

const WORDS = [
  { request: { text: 'Hi.' }, sceneId: 's1' },
  { request: { text: 'Bye.' }, sceneId: 's2' },
];

describe('Calls that are only worth making together', () => {
  it('are compared with the limit at the price of the provider that is called first, and nothing is recorded', async () => {
    const { chain, notes } = chainOf([answers('one'), answers('two')]);
    await chain.ensureBudget(WORDS);
    expect(notes).toEqual(['s1 one 10,s2 one 10']);
  });

  it('are not made where they may cost too much', async () => {
    const { chain } = chainOf([answers('one')], { refusing: { at: 'ensureBudget', code: 'BUDGET_EXCEEDED' } });
    await expect(chain.ensureBudget(WORDS)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  });

  it('cost nothing while their only provider is disabled', async () => {
    const held = { one: { admitted: false, because: 'DISABLED' } as const };
    const { chain, notes } = chainOf([answers('one')], { held });
    await chain.ensureBudget(WORDS);
    expect(notes).toEqual(['']);
  });

  it('are counted at the prices of those who can make them', async () => {
    const dear = provider('dear', async ({ text }) => text, { mostUsage: () => ({ characters: 90 }) });
    const held = { one: { admitted: false, because: 'DISABLED' } as const };
    const { chain, notes } = chainOf([answers('one'), dear], { held });
    await chain.ensureBudget(WORDS);
    expect(notes).toEqual(['s1 dear 90,s2 dear 90']);
  });
});
