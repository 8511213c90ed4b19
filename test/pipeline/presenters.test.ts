import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../src/errors.ts';
import { readWav } from '../../src/media/sound/wav.ts';
import { runStage } from '../../src/pipeline/stage.ts';
import { filmPicturesOf, presentedBy, visualsStage } from '../../src/pipeline/stages/visuals.ts';
import type { PresenterSpec } from '../../src/pipeline/video-spec.ts';
import type { AvatarProvider, PresenterRequest, Providers } from '../../src/providers/ports.ts';
import { wavFile } from '../../src/providers/voices/sound/pcm.ts';
import { testProvider } from '../helpers/media/test-provider.ts';
import { contextIn, RecordingLedger, RecordingStageStore, VIDEO_SPEC } from './pipeline-fixture.ts';

let folder: string;
let places = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'presenters-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SCENES = ['One.', 'Two.', 'Three.'].map((narration, index) => ({ id: `s${index}`, narration, visualPrompt: '' }));
const VOICE = wavFile([new Int16Array(8_000).fill(500)], 8_000);

/** Presents everything but `failing`, and notes what it was asked. */
function presenter(failing?: string, code: ErrorCode = 'D_ID_API_ERROR', name = 'd_id') {
  const asked: PresenterRequest[] = [];
  const sounds: Uint8Array[] = [];
  const provider: AvatarProvider = testProvider({
    name,
    paid: true,
    mostUsage: () => ({ seconds: 15 }),
    call: async (request: PresenterRequest) => {
      if (request.narration === failing) throw new AppError(code, 'D-ID failed.');
      asked.push(request);
      sounds.push(await request.sound());
      return { bytes: Buffer.from(request.narration), width: 512, height: 512, durationSeconds: 2 };
    },
  });
  return { provider, asked, sounds };
}

async function draw(
  avatar: readonly AvatarProvider[] | undefined,
  spec: PresenterSpec | undefined,
  { place = join(folder, String(places++)), ledger = new RecordingLedger(), wanted = {} } = {},
) {
  const stageStore = new RecordingStageStore();
  const change = (providers: Providers): Providers => ({ ...providers, ...(avatar ? { avatar } : {}) });
  const videoSpec = { ...VIDEO_SPEC, providers: wanted, ...(spec ? { presenter: spec } : {}) };
  const { context } = await contextIn(place, { stageStore, change, ledger, videoSpec });
  const spoken = await Promise.all(
    SCENES.map(async ({ id, narration }) => {
      const { key } = await context.tools.storage.put(`videos/v/${id}.wav`, VOICE);
      return { id, narration, audio: { key, hash: id }, durationSeconds: 1, timings: [] };
    }),
  );
  const script = { title: 'A title', scenes: SCENES };
  const pictures = await filmPicturesOf(videoSpec, script, context.tools, context.signal);
  const input = presentedBy(spec, pictures, spoken);
  const output = await runStage(visualsStage, input, context);
  await context.clipPrefetcher.close();
  return { output, stageStore, ledger, input };
}

const LEFT_OUT = 'D-ID failed. The film is made without a presenter.';

describe('A presenter', () => {
  it('is not asked for by a video that does not ask', async () => {
    const { provider, asked } = presenter();
    const { output, input } = await draw([provider], undefined);
    expect(asked).toEqual([]);
    expect(JSON.stringify({ output, input })).not.toContain('presenter');
  });

  it('speaks the sound of each scene, from its first frame to its last', async () => {
    const { provider, asked, sounds } = presenter();
    const imageUrl = 'https://pictures.example.org/ann.png';
    const { output, stageStore } = await draw([provider], { layout: 'CORNER', imageUrl });
    expect(output.scenes.map((scene) => scene.presenter)).toEqual(
      SCENES.map(() => ({
        key: expect.stringMatching(/presenter-.*\.mp4$/),
        hash: expect.any(String),
        width: 512,
        height: 512,
        layout: 'CORNER',
      })),
    );
    expect(asked.map((request) => request.imageUrl)).toEqual([imageUrl, imageUrl, imageUrl]);
    expect(asked.map(({ seconds }) => seconds)).toEqual([2, 2, 2]);
    const [sound] = sounds;
    const { samples } = readWav(Buffer.from(sound ?? []));
    // 12 frames of silence, a second of sound, 13 frames of silence.
    expect([samples.length, samples[3_839], samples[3_840], samples[11_839], samples[11_840]]).toEqual([
      16_000, 0, 500, 500, 0,
    ]);
    expect(stageStore.steps.at(-1)).toMatchObject({ stageStatus: 'COMPLETED', provider: 'artist, d_id' });
    expect(stageStore.steps.at(-1)).not.toHaveProperty('notice');
    const progress = stageStore.steps.map(({ stageProgress }) => stageProgress);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress).toHaveLength(7);
  });

  it('leaves room beside it in a corner only', async () => {
    const { provider } = presenter();
    const corner = await draw([provider], { layout: 'CORNER' });
    expect(corner.input.pictures[0]?.presenterLeft).toBeCloseTo(0.68, 1);
    const full = await draw([provider], { layout: 'FULL' });
    expect(full.input.pictures[0]).not.toHaveProperty('presenterLeft');
  });

  it('that fails for one scene is in none, which the event and the stage say', async () => {
    const { provider } = presenter('Two.');
    const { output, stageStore } = await draw([provider], { layout: 'CORNER' });
    expect(output.scenes.map((scene) => [scene.id, scene.presenter])).toEqual(SCENES.map(({ id }) => [id, undefined]));
    expect(stageStore.steps.map(({ message }) => message)).toContain(LEFT_OUT);
    expect(stageStore.steps.at(-1)).toMatchObject({
      stageStatus: 'COMPLETED',
      provider: 'artist',
      notice: { code: 'D_ID_API_ERROR', message: `d_id: ${LEFT_OUT}` },
    });
  });

  it.each<ErrorCode>(['BUDGET_EXCEEDED', 'ANSWER_LOST', 'D_ID_CONTENT_REJECTED', 'DISK_SPACE_INSUFFICIENT'])(
    'ends the stage where it fails with %s',
    async (code) => {
      const { provider } = presenter('Two.', code);
      await expect(draw([provider], { layout: 'CORNER' })).rejects.toMatchObject({ code });
    },
  );

  it('is not begun where the limit does not allow all scenes, and is where it just does', async () => {
    const [ledger, { provider, asked }] = [new RecordingLedger(), presenter()];
    ledger.left = 44;
    await expect(draw([provider], { layout: 'CORNER' }, { ledger })).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(asked).toEqual([]);
    expect(ledger.notes).toContain('plan 3 calls for 45');
    const enough = new RecordingLedger();
    enough.left = 45;
    await draw([provider], { layout: 'CORNER' }, { ledger: enough });
    expect(asked).toHaveLength(3);
  });

  it('whose service is no longer set up is left out', async () => {
    const { stageStore } = await draw(undefined, { layout: 'CORNER' });
    expect(stageStore.steps.at(-1)).toMatchObject({ notice: { code: 'PROVIDER_UNAVAILABLE' } });
  });

  it('is made by the provider that the user names, and by no other', async () => {
    const [first, second] = [presenter(undefined, undefined, 'first'), presenter(undefined, undefined, 'second')];
    await draw([first.provider, second.provider], { layout: 'CORNER' }, { wanted: { avatar: 'second' } });
    expect([first.asked.length, second.asked.length]).toEqual([0, 3]);
  });

  it('that was finished is not asked for again', async () => {
    const [place, ledger] = [join(folder, String(places++)), new RecordingLedger()];
    const [failing, mended] = [presenter('Three.', 'BUDGET_EXCEEDED'), presenter()];
    await expect(draw([failing.provider], { layout: 'CORNER' }, { place, ledger })).rejects.toThrow('D-ID failed.');
    await draw([mended.provider], { layout: 'CORNER' }, { place, ledger });
    expect(mended.asked.map(({ narration }) => narration)).toEqual(['Three.']);
    // What is there is not paid again.
    expect(ledger.notes).toContain('plan 1 calls for 15');
  });
});
