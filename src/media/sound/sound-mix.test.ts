import { describe, expect, it } from 'vitest';
import { betterLevels, firstLevels } from './sound-mix.ts';

const LEVELS = { voiceDb: 3, mixDb: 0, ceilingDb: -1.8 };

describe('The levels of the mix', () => {
  it('do not change when loudness and true peak are right', () => {
    expect(betterLevels(LEVELS, { integratedLufs: -14.5, truePeakDbtp: -1 })).toBeNull();
    expect(betterLevels(LEVELS, { integratedLufs: -13.5, truePeakDbtp: -3 })).toBeNull();
  });

  it('are raised for a sound that is too quiet and lowered for one that is too loud', () => {
    expect(betterLevels(LEVELS, { integratedLufs: -14.6, truePeakDbtp: -3 })?.mixDb).toBeGreaterThan(0);
    expect(betterLevels(LEVELS, { integratedLufs: -13.4, truePeakDbtp: -3 })?.mixDb).toBeLessThan(0);
  });

  it('lower the ceiling by more than the peak exceeds it', () => {
    const better = betterLevels(LEVELS, { integratedLufs: -14, truePeakDbtp: -0.9 });
    expect(better?.ceilingDb).toBeLessThan(LEVELS.ceilingDb - 0.1);
  });

  it('start with the gain that the voice needs, and with more where its peaks will be limited', () => {
    expect(firstLevels({ integratedLufs: -20, truePeakDbtp: -12 }, 0)).toMatchObject({ voiceDb: 6, mixDb: 0 });
    const peaky = firstLevels({ integratedLufs: -20, truePeakDbtp: -2 }, 0);
    expect(peaky.voiceDb).toBe(6);
    expect(peaky.mixDb).toBeGreaterThan(0.3);
    expect(peaky.mixDb).toBeLessThan(1.5);
  });

  it('start with less gain where music adds to the loudness', () => {
    const voice = { integratedLufs: -20, truePeakDbtp: -12 };
    expect(firstLevels(voice, 0.15).mixDb).toBeCloseTo(-0.07, 2);
    // At volume 1 the music is 1.5 LU below the voice while it speaks.
    expect(firstLevels(voice, 1).mixDb).toBeCloseTo(-2.3, 1);
  });
});
