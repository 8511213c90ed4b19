import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashOf } from '../../src/content-hash.ts';
import { AppError } from '../../src/errors.ts';
import { runStage, type Stage, type StageContext } from '../../src/pipeline/stage.ts';
import { scriptRequestOf, scriptStage } from '../../src/pipeline/stages/script.ts';
import { type SpeechInput, speechStage } from '../../src/pipeline/stages/speech.ts';
import { contextIn, RecordingLedger, RecordingStageStore, VIDEO_SPEC } from './pipeline-fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stages-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let places = 0;
/** A run in a folder of its own. */
const fresh = (options: Parameters<typeof contextIn>[1] = {}) => contextIn(join(folder, String(places++)), options);

interface Doubled {
  readonly doubled: number;
}

/** A stage that doubles a number; `work` replaces the slow part. */
function doubling(work: (work: StageContext) => Promise<void> = async () => undefined) {
  let runs = 0;
  const stage: Stage<{ readonly number: number }, Doubled> = {
    name: 'CAPTIONS',
    beginning: 'Doubling.',
    ending: ({ doubled }) => `It is ${doubled}.`,
    output: z.object({ doubled: z.number() }),
    provider: () => undefined,
    run: async ({ number }, context) => {
      runs++;
      await work(context);
      return { doubled: 2 * number };
    },
    facts: () => ({ title: 'Doubled' }),
  };
  return { stage, runs: () => runs };
}

describe('A stage', () => {
  it('reports its beginning and its end, and writes a checkpoint', async () => {
    const stageStore = new RecordingStageStore();
    const { context } = await fresh({ stageStore });
    expect(await runStage(doubling().stage, { number: 2 }, context)).toEqual({ doubled: 4 });
    expect(stageStore.begun).toMatchObject([
      { stage: 'CAPTIONS', stageStatus: 'RUNNING', progress: 75, stageProgress: 0, message: 'Doubling.' },
    ]);
    expect(stageStore.steps).toMatchObject([
      { stageStatus: 'COMPLETED', progress: 80, stageProgress: 100, message: 'It is 4.' },
    ]);
    expect(stageStore.facts).toEqual([{ title: 'Doubled' }]);
    expect(stageStore.checkpoints.get('CAPTIONS')).toEqual({
      inputHash: hashOf({ number: 2 }),
      output: { doubled: 4 },
    });
  });

  it('that was finished with the same input is not repeated, and reports nothing', async () => {
    const stageStore = new RecordingStageStore();
    const { context } = await fresh({ stageStore });
    const { stage, runs } = doubling();
    await runStage(stage, { number: 2 }, context);
    expect(await runStage(stage, { number: 2 }, context)).toEqual({ doubled: 4 });
    expect([runs(), stageStore.begun.length, stageStore.steps.length]).toEqual([1, 1, 1]);
  });

  it('is repeated where its input has changed', async () => {
    const { context } = await fresh();
    const { stage, runs } = doubling();
    await runStage(stage, { number: 2 }, context);
    expect(await runStage(stage, { number: 3 }, context)).toEqual({ doubled: 6 });
    expect(runs()).toBe(2);
  });

  it('does not begin after a stop, immediate or after the stage before', async () => {
    for (const which of ['stop', 'stopAfterStage'] as const) {
      const stageStore = new RecordingStageStore();
      const bench = await fresh({ stageStore });
      bench[which].abort(new AppError('CANCELED', 'Stop.'));
      const { stage, runs } = doubling();
      await expect(runStage(stage, { number: 2 }, bench.context)).rejects.toMatchObject({ code: 'CANCELED' });
      expect([runs(), stageStore.begun.length]).toEqual([0, 0]);
    }
  });

  it('that is aborted ends with the reason of the abort, not with the error that it caused', async () => {
    const { context, stop } = await fresh();
    const { stage } = doubling(async ({ signal }) => {
      stop.abort(new AppError('LEASE_LOST', 'Gone.'));
      if (signal.aborted) throw new Error('FFmpeg was killed.');
    });
    await expect(runStage(stage, { number: 2 }, context)).rejects.toMatchObject({ code: 'LEASE_LOST' });
  });

  it('ends when its store refuses a report, even one that is not awaited', async () => {
    const stageStore = new RecordingStageStore();
    const { context } = await fresh({ stageStore });
    const { stage } = doubling(async ({ report, signal }) => {
      stageStore.refuse = new AppError('LEASE_LOST', 'Gone.');
      report.tick(0.5, 'Half.');
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    });
    await expect(runStage(stage, { number: 2 }, context)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(stageStore.checkpoints.size).toBe(0);
  });

  it('writes no checkpoint where it fails', async () => {
    const stageStore = new RecordingStageStore();
    const { context } = await fresh({ stageStore });
    const { stage } = doubling(() => Promise.reject(new AppError('FFMPEG_FAILED', 'It failed.')));
    await expect(runStage(stage, { number: 2 }, context)).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
    expect(stageStore.checkpoints.size).toBe(0);
  });

  it('refuses a checkpoint that does not match its output', async () => {
    const stageStore = new RecordingStageStore();
    const { context } = await fresh({ stageStore });
    stageStore.checkpoints.set('CAPTIONS', { inputHash: hashOf({ number: 2 }), output: { doubled: 'four' } });
    await expect(runStage(doubling().stage, { number: 2 }, context)).rejects.toThrow();
  });
});

describe('The hash of an input', () => {
  it('does not depend on the order of keys, at any depth', () => {
    expect(hashOf({ a: 1, b: { c: [{ d: 1, e: 2 }], f: null } })).toBe(
      hashOf({ b: { f: null, c: [{ e: 2, d: 1 }] }, a: 1 }),
    );
  });

  it('depends on everything else', () => {
    const hashes = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: null }, { b: 1 }, {}, { a: [1, 2] }, { a: [2, 1] }].map(
      hashOf,
    );
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('treats undefined as omitted', () => {
    expect(hashOf({ a: 1, b: undefined })).toBe(hashOf({ a: 1 }));
  });
});

describe('The script', () => {
  it('keeps the ids of its scenes when its checkpoint is read', async () => {
    const { context, asked } = await fresh();
    const first = await runStage(scriptStage, scriptRequestOf(VIDEO_SPEC), context);
    const second = await runStage(scriptStage, scriptRequestOf(VIDEO_SPEC), context);
    expect(second).toEqual(first);
    expect(asked.texts).toBe(1);
  });

  it('is written again for another language or pace', async () => {
    const { context, asked } = await fresh();
    for (const videoSpec of [VIDEO_SPEC, { ...VIDEO_SPEC, language: 'de' }, { ...VIDEO_SPEC, voiceSpeed: 1.5 }])
      await runStage(scriptStage, scriptRequestOf(videoSpec), context);
    expect(asked.texts).toBe(3);
  });
});

describe('Speaking', () => {
  const scenes = ['One.', 'Two.', 'Three.'].map((narration, index) => ({ id: `s${index}`, narration }));
  const INPUT: SpeechInput = { scenes, language: 'en', voiceId: undefined, speed: 1 };

  it('requests each scene once, and after a change only the changed one', async () => {
    const { context, asked } = await fresh();
    await runStage(speechStage, INPUT, context);
    expect(asked.spoken.toSorted()).toEqual(['One.', 'Three.', 'Two.']);
    const changed = scenes.map((scene) => (scene.id === 's1' ? { ...scene, narration: 'Another.' } : scene));
    const output = await runStage(speechStage, { ...INPUT, scenes: changed }, context);
    expect(asked.spoken.slice(3)).toEqual(['Another.']);
    expect(output.scenes.map(({ id, narration }) => [id, narration])).toEqual([
      ['s0', 'One.'],
      ['s1', 'Another.'],
      ['s2', 'Three.'],
    ]);
  });

  it('reuses the speech of an interrupted attempt', async () => {
    const stageStore = new RecordingStageStore();
    const ledger = new RecordingLedger();
    const place = join(folder, String(places++));
    const dying = await contextIn(place, {
      stageStore,
      ledger,
      change: ({ speech, ...others }) => ({
        ...others,
        speech: speech.map((speaker) => ({
          ...speaker,
          call: async (request, callContext) => {
            if (request.text === 'Three.') throw new AppError('LOCAL_API_ERROR', 'It crashed.', { retriable: true });
            return await speaker.call(request, callContext);
          },
        })),
      }),
    });
    await expect(runStage(speechStage, INPUT, dying.context)).rejects.toMatchObject({ code: 'LOCAL_API_ERROR' });
    expect(dying.asked.spoken.toSorted()).toEqual(['One.', 'Two.']);
    const next = await contextIn(place, { stageStore, ledger });
    await runStage(speechStage, INPUT, next.context);
    expect(next.asked.spoken).toEqual(['Three.']);
  });

  it('speaks again in another voice, language or pace', async () => {
    const { context, asked } = await fresh();
    for (const change of [{}, { voiceId: 'b' }, { language: 'de' }, { speed: 2 }])
      await runStage(speechStage, { ...INPUT, ...change }, context);
    expect(asked.spoken).toHaveLength(12);
  });

  it('reports the results of each scene, with its number', async () => {
    const stageStore = new RecordingStageStore();
    const { context } = await fresh({ stageStore });
    await runStage(speechStage, INPUT, context);
    const sent = stageStore.steps.filter(({ stageStatus }) => stageStatus === 'RUNNING');
    expect(sent.map(({ stageProgress, sceneCount }) => [stageProgress, sceneCount])).toEqual([
      [33, 3],
      [66, 3],
      [100, 3],
    ]);
    expect(sent.map(({ progress }) => progress)).toEqual([36, 43, 50]);
    expect(stageStore.facts.flatMap(({ voicedScene }) => voicedScene?.id ?? []).toSorted()).toEqual(['s0', 's1', 's2']);
  });
});
