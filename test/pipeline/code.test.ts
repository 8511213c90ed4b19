import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStage } from '../../src/pipeline/stage.ts';
import { scriptRequestOf, scriptStage } from '../../src/pipeline/stages/script.ts';
import { filmPicturesOf } from '../../src/pipeline/stages/visuals.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import { testProvider } from '../helpers/media/test-provider.ts';
import { contextIn, RecordingStageStore, VIDEO_SPEC } from './pipeline-fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('Code of a script', () => {
  it('is stored with its scene and reaches the picture, and is no text of the video', async () => {
    const stageStore = new RecordingStageStore();
    const { context } = await contextIn(folder, {
      stageStore,
      change: (providers) => ({
        ...providers,
        text: [testProvider({ call: (request, signal) => new LocalTextProvider().writeScript(request, signal) })],
      }),
    });
    const source = { kind: 'script', text: 'It is short. Install it:\n\n```\nnpm ci\n```\n\nIt is done.' } as const;
    const script = await runStage(scriptStage, scriptRequestOf({ ...VIDEO_SPEC, source }), context);
    const code = [[{ text: 'npm ci', start: 13 }], undefined];
    expect(script.scenes.map((scene) => scene.code)).toEqual(code);
    expect(JSON.stringify(stageStore.facts)).not.toContain('npm');

    const stored = scriptStage.output.parse(JSON.parse(JSON.stringify(script)));
    const { pictures } = await filmPicturesOf(VIDEO_SPEC, stored, context.tools, context.signal);
    expect(pictures.map((picture) => picture.code)).toEqual(code);
  });

  it('is missing in a script that an earlier version stored, whose pictures are asked for as before', async () => {
    const { context } = await contextIn(folder, {});
    const scene = { id: 'a', narration: 'It is short.', visualPrompt: 'short' };
    const stored = scriptStage.output.parse({ title: 'A title', scenes: [scene] });
    const { pictures } = await filmPicturesOf(VIDEO_SPEC, stored, context.tools, context.signal);
    expect(Object.keys(pictures[0] ?? {})).not.toContain('code');
  });
});
