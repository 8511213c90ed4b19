import { describe, expect, it } from 'vitest';
import { filmFrames, planFilm, rhythmFor, sceneFrames } from './film-plan.ts';

const RHYTHM = rhythmFor(25);

describe('The film plan', () => {
  it('makes a film exactly as long as its narrations, pauses and fades require', () => {
    for (const frameRate of [25, 30] as const) {
      const rhythm = rhythmFor(frameRate);
      const narration = [3.37, 2.709, 1.4483, 5.55, 0.77, 6.019, 4.999];
      const pause = (rhythm.leadFrames + rhythm.tailFrames) / frameRate;
      const fade = rhythm.fadeFrames / frameRate;
      const seconds = narration.reduce((sum, one) => sum + one + pause, 0) - (narration.length - 1) * fade;
      const plan = planFilm(narration, rhythm);
      expect(Math.abs(plan.durationSeconds - seconds)).toBeLessThanOrEqual(0.5 / frameRate + 1e-9);
      expect(plan.totalFrames).toBe(Math.round(seconds * frameRate));
    }
  });

  it('covers every film frame once: bodies, seams and the ending add up', () => {
    const narration = [2.03, 3.03, 1.99, 2.51];
    const plan = planFilm(narration, RHYTHM);
    const bodies = plan.scenes.reduce((sum, { body }) => sum + body.end - body.start, 0);
    const ending = plan.ending.end - plan.ending.start;
    expect(bodies + 3 * RHYTHM.fadeFrames + ending).toBe(plan.totalFrames);
    expect(ending).toBeGreaterThanOrEqual(0);
    expect(ending).toBeLessThan(narration.length);
  });

  it('keeps the frames of a scene when another scene grows by a fraction of a frame', () => {
    const before = planFilm([2.03, 3.03, 1.99], RHYTHM);
    const after = planFilm([2.06, 3.03, 1.99], RHYTHM);
    expect(after.scenes.slice(1).map(({ body }) => body)).toEqual(before.scenes.slice(1).map(({ body }) => body));
  });

  it('starts the next scene where the fade to it begins, and its voice after the lead', () => {
    const plan = planFilm([2, 2], RHYTHM);
    expect(plan.scenes[0]?.frames).toBe(12 + 50 + 13);
    expect(plan.scenes[1]?.startFrame).toBe(75 - 10);
    expect(plan.scenes[1]?.voiceFrame).toBe(75 - 10 + 12);
    expect(plan.scenes[0]?.body).toEqual({ start: 0, end: 65 });
    expect(plan.scenes[1]?.body).toEqual({ start: 10, end: 75 });
  });

  it('needs no ending for a film of one scene', () => {
    expect(planFilm([2.03], RHYTHM).ending).toEqual({ start: 76, end: 76 });
    expect(filmFrames([2.03], RHYTHM)).toBe(76);
  });

  it('loses no frame to floating-point rounding', () => {
    // 5.64 × 25 is 140.99999999999997 in binary floating point.
    expect(sceneFrames(5.64, { index: 0, count: 2 }, RHYTHM)).toBe(12 + 141 + 13);
  });

  it('places fades inside the pauses', () => {
    for (const rhythm of [rhythmFor(25), rhythmFor(30)]) {
      expect(rhythm.fadeFrames).toBeLessThanOrEqual(rhythm.leadFrames);
      expect(rhythm.fadeFrames).toBeLessThanOrEqual(rhythm.tailFrames);
    }
  });
});
