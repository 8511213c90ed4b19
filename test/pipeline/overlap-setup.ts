import { vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { makeVideo } from '../../src/pipeline/make-video.ts';
import type { PipelineRun } from '../../src/pipeline/pipeline-run.ts';
import type { Providers } from '../../src/providers/ports.ts';
import { testProvider } from '../helpers/media/test-provider.ts';
import { contextIn, RecordingLedger, RecordingStageStore } from './pipeline-fixture.ts';

/** Where a run ends that has all voices and pictures: what comes after them is not in these tests. */
export const MADE = new AppError('INTERNAL_ERROR', 'All voices and pictures are made.');

/** Calls of providers, by names such as "voice One." and "picture Two.", in the order in which they come. */
export class Calls {
  readonly asked: string[] = [];
  readonly answered: string[] = [];
  readonly aborted: string[] = [];
  readonly #come = new Map<string, PromiseWithResolvers<void>>();
  readonly #until = new Map<string, Promise<unknown>>();

  /** Resolves when the call has come. */
  comes(name: string): Promise<void> {
    return this.#comeOf(name).promise;
  }

  /** The call is answered only then, or fails with the promise. */
  hold(name: string, until: Promise<unknown>): void {
    // A call that never comes does not fail.
    until.catch(() => undefined);
    this.#until.set(name, until);
  }

  fail(name: string, error: AppError): void {
    this.hold(name, Promise.reject(error));
  }

  async answer(name: string, signal: AbortSignal): Promise<void> {
    this.asked.push(name);
    this.#comeOf(name).resolve();
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        this.aborted.push(name);
        reject(signal.reason);
      });
    });
    await Promise.race([this.#until.get(name), aborted]);
    this.answered.push(name);
  }

  #comeOf(name: string): PromiseWithResolvers<void> {
    const come = this.#come.get(name) ?? Promise.withResolvers<void>();
    this.#come.set(name, come);
    return come;
  }
}

/** Paid providers of a film of these narrations, each of which answers as the calls say. */
export function callableProviders(
  calls: Calls,
  narrations: readonly string[],
  { voices = ['voice'], artists = ['picture'], concurrency = 3 } = {},
): Providers {
  const one = { paid: true, concurrency };
  return {
    text: [
      testProvider({
        name: 'writer',
        call: async () => ({
          title: 'A title',
          scenes: narrations.map((narration) => ({ narration, visualPrompt: narration })),
        }),
      }),
    ],
    speech: voices.map((name) => ({
      ...testProvider({
        ...one,
        name,
        call: async ({ text }: { readonly text: string }, signal) => {
          await calls.answer(`${name} ${text}`, signal);
          return { wav: Buffer.from(name + text), sampleRate: 22_050, durationSeconds: 1, timings: [] };
        },
      }),
      voices: async () => [],
    })),
    image: artists.map((name) =>
      testProvider({
        ...one,
        name,
        call: async ({ narration, width, height }, signal) => {
          await calls.answer(`${name} ${narration}`, signal);
          return { bytes: Buffer.from(name + narration), contentType: 'image/png' as const, width, height };
        },
      }),
    ),
    analysis: [testProvider({ name: 'analyst', call: () => Promise.reject(new Error('not in this test')) })],
  };
}

/** The same run without what comes after voices and pictures; `clips` are the scenes whose clip has begun, with the voice's file. */
export function upToCaptions(run: PipelineRun, clips: string[] = []): PipelineRun {
  const { filmAssembler } = run.tools;
  vi.spyOn(filmAssembler, 'prepareScene').mockImplementation(async ({ scene, position }) => {
    clips.push(`${position.index} ${scene.voiceHash.slice(0, 8)}`);
  });
  vi.spyOn(filmAssembler, 'prepareCrossFade').mockResolvedValue();
  return {
    ...run,
    tools: { ...run.tools, captions: { cues: async () => [], film: () => Promise.reject(MADE) } },
  };
}

export interface OverlapParts {
  readonly calls?: Calls;
  readonly stageStore?: RecordingStageStore;
  readonly ledger?: RecordingLedger;
  readonly voices?: string[];
  readonly artists?: string[];
  readonly concurrency?: number;
}

/** A run of a film of three scenes; `making` resolves with the error with which it has ended. */
export async function overlapIn(folder: string, parts: OverlapParts = {}) {
  const { calls = new Calls(), stageStore = new RecordingStageStore(), ledger = new RecordingLedger() } = parts;
  const clips: string[] = [];
  const { context, stop, stopAfterStage } = await contextIn(folder, {
    stageStore,
    ledger,
    change: () => callableProviders(calls, ['One.', 'Two.', 'Three.'], parts),
  });
  const run = upToCaptions(context, clips);
  const make = (): Promise<unknown> => makeVideo(run).catch((thrown: unknown) => thrown);
  return { make, calls, stageStore, ledger, clips, stop, stopAfterStage };
}
