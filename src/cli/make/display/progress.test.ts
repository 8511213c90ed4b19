import { describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../server/watch.ts';
import { advance, etaOf, noProgress, type Progress, tookOf } from './progress.ts';

const SERVER = Date.parse('2026-01-01T00:00:00Z');
/** The local clock is an hour ahead of the server's. */
const OURS = SERVER + 3_600_000;

function event(changes: Partial<ProgressEvent>, afterMs = 0): ProgressEvent {
  const nothing = { stage: null, stageStatus: null, sceneIndex: null, sceneCount: null, etaSeconds: null, error: null };
  const at = new Date(SERVER + afterMs).toISOString();
  return { id: 'e', run: 1, status: 'PROCESSING', progress: 0, message: '', at, ...nothing, ...changes };
}

function watched(...events: ProgressEvent[]): Progress {
  return events.reduce(
    (progress, step) => advance(progress, step, OURS + Date.parse(step.at) - SERVER),
    noProgress('A film', OURS),
  );
}

const stateOf = (progress: Progress) => progress.stages.map(({ state, percent }) => `${state} ${percent}`);

describe('The progress of a video', () => {
  it('derives the progress of a stage from the total progress', () => {
    const at = (progress: number) =>
      watched(event({ stage: 'ASSEMBLY', stageStatus: 'RUNNING', progress })).stages[4]?.percent;
    expect([80, 88, 96, 97].map(at)).toEqual([0, 47, 94, 100]);
  });

  it('shows earlier stages as done when the first event is of a later stage', () => {
    const late = watched(event({ stage: 'CAPTIONS', stageStatus: 'RUNNING', progress: 75 }));
    expect(stateOf(late)).toEqual(['done 100', 'done 100', 'done 100', 'running 0', 'waiting 0', 'waiting 0']);
  });

  it('shows every stage as done once the video is done', () => {
    const done = watched(event({ status: 'COMPLETED', progress: 100 }));
    expect(new Set(stateOf(done))).toEqual(new Set(['done 100']));
  });

  it('marks the stage that failed, and keeps its progress', () => {
    const failed = watched(
      event({ stage: 'SPEECH', stageStatus: 'RUNNING', progress: 40 }),
      event({ status: 'FAILED', stage: 'SPEECH', stageStatus: 'FAILED', progress: 40 }),
    );
    expect(stateOf(failed).slice(0, 3)).toEqual(['done 100', 'failed 50', 'waiting 0']);
  });

  it('counts finished scenes in any order', () => {
    const scene = (sceneIndex: number) =>
      event({ stage: 'SPEECH', stageStatus: 'RUNNING', progress: 30, sceneIndex, sceneCount: 3 });
    const { stages } = watched(scene(2), scene(0));
    expect(stages[1]).toMatchObject({ scenes: 2, sceneCount: 3 });
  });

  it('resets the count when another worker restarts the stage', () => {
    const begin = event({ stage: 'SPEECH', stageStatus: 'RUNNING', progress: 30 });
    const scene = { ...begin, sceneIndex: 0, sceneCount: 3 };
    expect(watched(begin, scene, scene, begin, scene).stages[1]).toMatchObject({ scenes: 1, sceneCount: 3 });
  });

  it('measures times with the server’s clock even if the local clock is wrong', () => {
    const running = event({ stage: 'SCRIPT', stageStatus: 'RUNNING', progress: 10 }, 1_000);
    const progress = watched(running);
    const [script, speech] = progress.stages;
    if (!script || !speech) throw new Error('There are six stages.');
    expect(tookOf(script, progress, OURS + 3_500)).toBe(2_500);
    expect(tookOf(speech, progress, OURS + 3_500)).toBeNull();
    const ended = watched(running, event({ stage: 'SCRIPT', stageStatus: 'COMPLETED', progress: 30 }, 1_700));
    expect(ended.stages[0] && tookOf(ended.stages[0], ended, OURS + 60_000)).toBe(700);
  });

  it('has no estimate if the server has none', () => {
    expect(etaOf(watched(event({})), OURS)).toBeNull();
    expect(etaOf(watched(event({ etaSeconds: 9 })), OURS + 4_000)).toBe(5);
  });
});
