import { describe, expect, it } from 'vitest';
import { betterLevels } from './sound-mix.ts';

const LEVELS = { voiceDb: 3, mixDb: 0, ceilingDb: -1.8 };

describe('the levels of the mix', () => {
  it('stay when loudness and true peak are right', () => {
    expect(betterLevels(LEVELS, { integratedLufs: -14.5, truePeakDbtp: -1 })).toBeNull();
    expect(betterLevels(LEVELS, { integratedLufs: -13.5, truePeakDbtp: -3 })).toBeNull();
  });

  it('rise for a sound that is too soft and fall for one that is too loud', () => {
    expect(betterLevels(LEVELS, { integratedLufs: -14.6, truePeakDbtp: -3 })?.mixDb).toBeGreaterThan(0);
    expect(betterLevels(LEVELS, { integratedLufs: -13.4, truePeakDbtp: -3 })?.mixDb).toBeLessThan(0);
  });

  it('lower the ceiling by more than the peak is over it', () => {
    const better = betterLevels(LEVELS, { integratedLufs: -14, truePeakDbtp: -0.9 });
    expect(better?.ceilingDb).toBeLessThan(LEVELS.ceilingDb - 0.1);
  });
});
