import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { PicturePrefetcher } from '../../src/pipeline/picture-prefetcher.ts';
import { until } from '../helpers/until.ts';
import { MADE, type OverlapParts, overlapIn } from './overlap-setup.ts';

let folder: string;
let places = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'overlap-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

const fresh = (parts: OverlapParts = {}) => overlapIn(join(folder, String(places++)), parts);
const failed = (options: { retriable?: boolean } = {}) => new AppError('OPENAI_API_ERROR', 'It failed.', options);
const PATIENT = { timeout: 20_000 };
const PICTURES = ['picture One.', 'picture Three.', 'picture Two.'];
const VOICES = ['voice One.', 'voice Three.', 'voice Two.'];

describe('While the narration is spoken', () => {
  it('the pictures are drawn, and the stages still follow one another', async () => {
    const { make, calls, stageStore } = await fresh();
    for (const voice of VOICES) calls.hold(voice, Promise.all(PICTURES.map((picture) => calls.comes(picture))));
    expect(await make()).toBe(MADE);
    expect(calls.asked.toSorted()).toEqual([...PICTURES, ...VOICES]);

    expect(stageStore.begun.map(({ stage }) => stage)).toEqual(['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS']);
    const steps = stageStore.steps.map(({ stage, stageStatus, sceneIndex }) => [stage, stageStatus, sceneIndex]);
    const ofScenes = (stage: string) => steps.filter(([of, , scene]) => of === stage && scene !== undefined);
    expect(steps).toEqual([
      ['SCRIPT', 'COMPLETED', undefined],
      ...ofScenes('SPEECH'),
      ['SPEECH', 'COMPLETED', undefined],
      ...ofScenes('VISUALS'),
      ['VISUALS', 'COMPLETED', undefined],
    ]);
    expect(ofScenes('VISUALS').map(([, , scene]) => scene)).toHaveLength(3);
    const progress = stageStore.steps.map((step) => step.progress);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
  });

  it('the clip of a scene begins as soon as the scene has its voice and its picture', async () => {
    const { make, calls, clips } = await fresh();
    const first = Promise.withResolvers<void>();
    calls.hold('voice Two.', first.promise);
    calls.hold('picture Three.', first.promise);
    const making = make();
    await expect.poll(() => clips.map((clip) => clip.slice(0, 1)), PATIENT).toEqual(['0']);
    first.resolve();
    expect(await making).toBe(MADE);
    expect(clips.map((clip) => clip.slice(0, 1)).toSorted()).toEqual(['0', '1', '2']);
  });

  it('another image provider may take over, which is shown once the stage of the pictures begins', async () => {
    const { make, calls, stageStore } = await fresh({ artists: ['picture', 'painter'] });
    calls.fail('picture Two.', failed());
    calls.hold('voice One.', calls.comes('painter Two.'));
    expect(await make()).toBe(MADE);
    const messages = stageStore.steps.filter(({ stage }) => stage === 'VISUALS').map(({ message }) => message);
    expect(messages).toContain('It failed. painter is used instead.');
    expect(stageStore.steps.at(-1)).toMatchObject({ notice: { code: 'OPENAI_API_ERROR' } });
  });
});

describe('Where a picture fails meanwhile', () => {
  it('the narration is finished and kept, and the stage of the pictures fails with the reason', async () => {
    const parts = { calls: (await fresh()).calls };
    const { make, calls, stageStore, ledger } = await fresh(parts);
    calls.fail('picture Two.', failed());
    calls.hold('voice Three.', calls.comes('picture Two.'));
    expect(await make()).toMatchObject({ code: 'OPENAI_API_ERROR' });
    expect(stageStore.begun.at(-1)?.stage).toBe('VISUALS');
    expect([...stageStore.checkpoints.keys()]).toEqual(['SCRIPT', 'SPEECH']);

    const next = await overlapIn(join(folder, String(places - 1)), { stageStore, ledger });
    expect(await next.make()).toBe(MADE);
    expect(next.calls.asked).toEqual(['picture Two.']);
  });
});

describe('Where a voice fails meanwhile', () => {
  it('no more pictures begin, and those under way are finished, so that the next attempt pays for none again', async () => {
    const place = join(folder, String(places++));
    const { make, calls, stageStore, ledger } = await overlapIn(place, { concurrency: 2 });
    const drawn = Promise.withResolvers<void>();
    calls.hold('picture One.', drawn.promise);
    calls.hold('picture Two.', drawn.promise);
    calls.hold('voice One.', calls.comes('picture Two.'));
    calls.hold(
      'voice Two.',
      calls.comes('picture Two.').then(() => Promise.reject(failed())),
    );
    const close = vi.spyOn(PicturePrefetcher.prototype, 'close');
    const making = make();
    // The voice that was under way is stored before the failure reaches the pictures.
    await expect.poll(() => close.mock.calls, PATIENT).toHaveLength(1);
    expect(ledger.notes).toContain('REFUSED SPEECH OPENAI_API_ERROR');
    expect(calls.answered).not.toContain('picture One.');
    drawn.resolve();
    expect(await making).toMatchObject({ code: 'OPENAI_API_ERROR' });
    expect(calls.answered.filter((call) => call.startsWith('picture'))).toEqual(['picture One.', 'picture Two.']);
    expect(calls.asked).not.toContain('picture Three.');
    expect(stageStore.begun.at(-1)?.stage).toBe('SPEECH');

    const next = await overlapIn(place, { stageStore, ledger });
    expect(await next.make()).toBe(MADE);
    expect(next.calls.asked.filter((call) => call.startsWith('picture'))).toEqual(['picture Three.']);
    expect(next.calls.asked).not.toContain('voice One.');
  });

  it('another voice speaks all scenes anew, the pictures stay, and no clip begins with the old voice any more', async () => {
    const { make, calls, ledger, clips } = await fresh({ voices: ['voice', 'other'] });
    for (const picture of PICTURES) calls.hold(picture, calls.comes('other One.'));
    calls.fail('voice Three.', failed());
    const drawn = async () => {
      const isDrawn = () => ledger.notes.filter((note) => note === 'settle VISUALS').length === 3;
      await until('the pictures are drawn', isDrawn, 20);
      // Time in which a clip would begin.
      await new Promise((resolve) => setTimeout(resolve, 100));
    };
    for (const voice of VOICES) calls.hold(voice.replace('voice', 'other'), drawn());
    expect(await make()).toBe(MADE);
    expect(calls.asked.filter((call) => call.startsWith('picture')).toSorted()).toEqual(PICTURES);
    expect(calls.asked.filter((call) => call.startsWith('other'))).toHaveLength(3);
    expect(clips.map((clip) => clip.slice(0, 1)).toSorted()).toEqual(['0', '1', '2']);
  });
});

describe('A stop meanwhile', () => {
  it('of the worker after the stage finishes the narration and the pictures under way, and begins no more', async () => {
    const { make, calls, stageStore, stopAfterStage } = await fresh({ concurrency: 2 });
    const rest = Promise.withResolvers<void>();
    for (const call of ['picture One.', 'picture Two.', 'voice One.']) calls.hold(call, rest.promise);
    const making = make();
    await Promise.all([calls.comes('picture Two.'), calls.comes('voice One.')]);
    stopAfterStage.abort(new AppError('CANCELED', 'The worker is stopping.'));
    rest.resolve();
    expect(await making).toMatchObject({ code: 'CANCELED' });
    expect([...stageStore.checkpoints.keys()]).toEqual(['SCRIPT', 'SPEECH']);
    expect(calls.answered.filter((call) => call.startsWith('picture'))).toEqual(['picture One.', 'picture Two.']);
    expect(calls.asked).not.toContain('picture Three.');
  });

  it('after the stage of the pictures has begun finishes them', async () => {
    const { make, calls, stageStore, stopAfterStage } = await fresh({ concurrency: 2 });
    const rest = Promise.withResolvers<void>();
    for (const call of ['picture One.', 'picture Two.']) calls.hold(call, rest.promise);
    const making = make();
    await expect.poll(() => stageStore.begun.at(-1)?.stage, PATIENT).toBe('VISUALS');
    // The first of them is reported, so that the stage waits for the others.
    stopAfterStage.abort(new AppError('CANCELED', 'The worker is stopping.'));
    rest.resolve();
    expect(await making).toMatchObject({ code: 'CANCELED' });
    expect([...stageStore.checkpoints.keys()]).toEqual(['SCRIPT', 'SPEECH', 'VISUALS']);
    expect(calls.answered.filter((call) => call.startsWith('picture')).toSorted()).toEqual(PICTURES);
  });

  it('at once aborts the calls of both, and the run ends with its reason', async () => {
    const { make, calls, stageStore, stop } = await fresh();
    const never = new Promise<void>(() => undefined);
    for (const call of [...PICTURES, ...VOICES]) calls.hold(call, never);
    const making = make();
    await Promise.all([...PICTURES, ...VOICES].map((call) => calls.comes(call)));
    stop.abort(new AppError('LEASE_LOST', 'Gone.'));
    expect(await making).toMatchObject({ code: 'LEASE_LOST' });
    expect(calls.aborted.toSorted()).toEqual([...PICTURES, ...VOICES]);
    expect([...stageStore.checkpoints.keys()]).toEqual(['SCRIPT']);
  });
});

describe('A run that continues', () => {
  it('draws nothing where the pictures are a checkpoint', async () => {
    const place = join(folder, String(places++));
    const { make, stageStore, ledger } = await overlapIn(place);
    expect(await make()).toBe(MADE);
    const notes = ledger.notes.length;
    const next = await overlapIn(place, { stageStore, ledger });
    expect(await next.make()).toBe(MADE);
    expect(next.calls.asked).toEqual([]);
    expect(ledger.notes.slice(notes)).toEqual([]);
  });

  it('begins the clips of recordings that are a checkpoint as the pictures come', async () => {
    const place = join(folder, String(places++));
    const { make, calls, stageStore, ledger } = await overlapIn(place);
    for (const picture of PICTURES) calls.fail(picture, failed());
    await make();
    const next = await overlapIn(place, { stageStore, ledger });
    expect(await next.make()).toBe(MADE);
    expect(next.clips.map((clip) => clip.slice(0, 1)).toSorted()).toEqual(['0', '1', '2']);
  });
});
