import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../src/errors.ts';
import { runStage } from '../../src/pipeline/stage.ts';
import { scriptRequestOf, scriptStage } from '../../src/pipeline/stages/script.ts';
import { type SpeechInput, speechStage } from '../../src/pipeline/stages/speech.ts';
import type { Providers, SpeechProvider } from '../../src/providers/ports.ts';
import { testProvider } from '../helpers/media/test-provider.ts';
import { contextIn, RecordingLedger, RecordingStageStore, VIDEO_SPEC } from './pipeline-fixture.ts';

let folder: string;
let places = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'failover-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SCENES = ['One.', 'Two.', 'Three.'].map((narration, index) => ({ id: `s${index}`, narration }));
const INPUT: SpeechInput = { scenes: SCENES, language: 'en', voiceId: undefined, speed: 1 };

/** Speaks everything but `failing`, and notes what it has spoken. */
function voice(name: string, failing?: string, code: ErrorCode = 'OPENAI_API_ERROR') {
  const spoken: string[] = [];
  const provider: SpeechProvider = {
    ...testProvider({
      name,
      paid: true,
      call: async ({ text }) => {
        if (text === failing) throw new AppError(code, `${name} failed.`);
        spoken.push(text);
        return { wav: Buffer.from(name + text), sampleRate: 22_050, durationSeconds: 1, timings: [] };
      },
    }),
    voices: async () => [],
  };
  return { provider, spoken };
}

async function speak(voices: readonly SpeechProvider[], given: Partial<Parameters<typeof contextIn>[1]> = {}) {
  const stageStore = new RecordingStageStore();
  const change = (providers: Providers): Providers => ({ ...providers, speech: voices });
  const { context } = await contextIn(join(folder, String(places++)), { stageStore, change, ...given });
  const output = await runStage(speechStage, INPUT, context);
  return { output, stageStore };
}

describe('The voice of a film', () => {
  it('is one: where it fails in the middle, the next one speaks all scenes', async () => {
    const [first, second] = [voice('first', 'Three.'), voice('second')];
    const { output, stageStore } = await speak([first.provider, second.provider]);
    expect(second.spoken.toSorted()).toEqual(['One.', 'Three.', 'Two.']);
    expect(output.scenes).toHaveLength(3);
    expect(stageStore.steps.map(({ message }) => message)).toContain(
      'first failed. second is used instead, for all scenes.',
    );
    expect(stageStore.steps.at(-1)).toMatchObject({
      stageStatus: 'COMPLETED',
      provider: 'second',
      notice: { code: 'OPENAI_API_ERROR', message: 'first: first failed. second is used instead, for all scenes.' },
    });
  });

  it('that has failed keeps its finished recordings for the next attempt', async () => {
    const [place, ledger] = [join(folder, String(places++)), new RecordingLedger()];
    const failing = voice('first', 'Three.');
    const broken = voice('second', 'One.');
    const change = (speech: readonly SpeechProvider[]) => (providers: Providers) => ({ ...providers, speech });
    const attempt = await contextIn(place, { ledger, change: change([failing.provider, broken.provider]) });
    await expect(runStage(speechStage, INPUT, attempt.context)).rejects.toMatchObject({ code: 'OPENAI_API_ERROR' });
    const mended = voice('first');
    const next = await contextIn(place, { ledger, change: change([mended.provider, broken.provider]) });
    await runStage(speechStage, INPUT, next.context);
    expect(failing.spoken.toSorted()).toEqual(['One.', 'Two.']);
    expect(mended.spoken).toEqual(['Three.']);
  });

  it('that the user has chosen is not replaced', async () => {
    const [first, second] = [voice('first', 'Two.'), voice('second')];
    const videoSpec = { ...VIDEO_SPEC, hasChosenVoice: true };
    await expect(speak([first.provider, second.provider], { videoSpec })).rejects.toThrow('first failed.');
    expect(second.spoken).toEqual([]);
  });

  it('is not replaced where its text was rejected', async () => {
    const [first, second] = [voice('first', 'Two.', 'OPENAI_CONTENT_REJECTED'), voice('second')];
    await expect(speak([first.provider, second.provider])).rejects.toMatchObject({ code: 'OPENAI_CONTENT_REJECTED' });
    expect(second.spoken).toEqual([]);
  });

  it('goes on with the installation’s key where the user’s own fails, also if it was chosen: what is spoken is kept', async () => {
    const [mine, theirs] = [voice('eleven', 'Three.', 'ELEVENLABS_QUOTA_EXCEEDED'), voice('eleven')];
    const other = voice('other');
    const voices = [{ ...mine.provider, ownKey: true }, theirs.provider, other.provider];
    const videoSpec = { ...VIDEO_SPEC, hasChosenVoice: true };
    const { output, stageStore } = await speak(voices, { videoSpec });
    expect(output.scenes).toHaveLength(3);
    expect([...mine.spoken, ...theirs.spoken].toSorted()).toEqual(['One.', 'Three.', 'Two.']);
    expect(other.spoken).toEqual([]);
    expect(stageStore.steps.map(({ message }) => message)).toContain(
      'eleven failed. eleven with the installation’s key is used instead.',
    );
  });

  it('is replaced where its text was rejected and the setting says so', async () => {
    const [first, second] = [voice('first', 'Two.', 'OPENAI_CONTENT_REJECTED'), voice('second')];
    await speak([first.provider, second.provider], { offersRejected: true });
    expect(second.spoken).toHaveLength(3);
  });
});

describe('A script', () => {
  const writer = (name: string, fails: boolean) =>
    testProvider({
      name,
      call: async () => {
        if (fails) throw new AppError('OPENAI_QUOTA_EXCEEDED', 'The account at OpenAI has no credit left.');
        return { title: 'A title', scenes: [{ narration: 'One.', visualPrompt: 'one' }] };
      },
    });
  const text = [writer('first', true), writer('second', false)];

  it('comes from the next provider where the first fails, which the event and the stage say', async () => {
    const stageStore = new RecordingStageStore();
    const change = (providers: Providers) => ({ ...providers, text });
    const { context } = await contextIn(folder, { stageStore, change });
    await runStage(scriptStage, scriptRequestOf(VIDEO_SPEC), context);
    const message = 'The account at OpenAI has no credit left. second is used instead.';
    expect(stageStore.steps[0]).toMatchObject({ stageStatus: 'RUNNING', message });
    expect(stageStore.steps.at(-1)).toMatchObject({ provider: 'second', notice: { message: `first: ${message}` } });
  });

  it('comes from the provider that the user prefers', async () => {
    const stageStore = new RecordingStageStore();
    const change = (providers: Providers) => ({ ...providers, text });
    const videoSpec = { ...VIDEO_SPEC, providers: { text: 'second' } };
    const { context } = await contextIn(folder, { stageStore, change, videoSpec });
    await runStage(scriptStage, scriptRequestOf(videoSpec), context);
    expect(stageStore.begun[0]).toMatchObject({ stage: 'SCRIPT' });
    expect(stageStore.steps.at(-1)).toMatchObject({ provider: 'second' });
    expect(stageStore.steps.at(-1)).not.toHaveProperty('notice');
  });
});
