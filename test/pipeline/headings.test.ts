import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runStage } from '../../src/pipeline/stage.ts';
import { analysisScenesOf } from '../../src/pipeline/stages/analysis.ts';
import { scriptRequestOf, scriptStage } from '../../src/pipeline/stages/script.ts';
import { filmPicturesOf } from '../../src/pipeline/stages/visuals.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import type { Providers } from '../../src/providers/ports.ts';
import { testProvider } from '../helpers/media/test-provider.ts';
import { contextIn, RecordingStageStore, VIDEO_SPEC } from './pipeline-fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headings-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("An author's heading reaches the picture and the analysis of the first scene below it, and is not stored as text", async () => {
  const stageStore = new RecordingStageStore();
  const change = (providers: Providers): Providers => ({
    ...providers,
    text: [testProvider({ call: (request, signal) => new LocalTextProvider().writeScript(request, signal) })],
  });
  const { context } = await contextIn(folder, { stageStore, change });
  const source = {
    kind: 'script',
    text: '# The sea\n\nIt is wide.\n\nIt is deep.\n\n# The land\n\nIt is dry.',
  } as const;
  const script = await runStage(scriptStage, scriptRequestOf({ ...VIDEO_SPEC, source }), context);
  expect(script.scenes.map(({ heading }) => heading)).toEqual(['The sea', undefined, 'The land']);
  expect(stageStore.facts[0]?.scenes?.[0]).not.toHaveProperty('heading');

  const { pictures } = await filmPicturesOf(VIDEO_SPEC, script, context.tools, context.signal);
  expect(pictures.map(({ heading }) => heading)).toEqual(['The sea', undefined, 'The land']);
  expect(pictures.map(({ section }) => section)).toEqual(['The sea', 'The sea', 'The land']);

  const spoken = script.scenes.map(({ narration }, i) => ({ narration, startSeconds: i, durationSeconds: 1 }));
  expect(analysisScenesOf(spoken, script.scenes).map(({ heading }) => heading)).toEqual([
    'The sea',
    undefined,
    'The land',
  ]);
});

it('asks for the picture of a scene that goes on about the film’s subject with that subject', async () => {
  const { context } = await contextIn(folder, {});
  const narrations = ['The tortoise Lola was slow.', 'She walked all day.', 'It was late.'];
  const scenes = narrations.map((narration, index) => ({ id: `${index}`, narration, visualPrompt: '' }));
  const script = { title: 'The tortoise', scenes };
  const { pictures } = await filmPicturesOf(VIDEO_SPEC, script, context.tools, context.signal);
  expect(pictures.map((picture) => picture.context)).toEqual([
    undefined,
    { subject: { motif: '🐢', start: 0 } },
    undefined,
  ]);
});
