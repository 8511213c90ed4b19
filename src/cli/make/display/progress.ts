import type { PipelineStage, VideoStatus } from '../../generated/documents.ts';
import type { ProgressEvent } from '../server/watch.ts';

/** The stages as shown to the user; `begin` is the whole video's progress at their start, as the API documents. */
const STAGES = [
  { name: 'SCRIPT', label: 'Script', begin: 10 },
  { name: 'SPEECH', label: 'Voice', begin: 30 },
  { name: 'VISUALS', label: 'Pictures', begin: 50 },
  { name: 'CAPTIONS', label: 'Captions', begin: 75 },
  { name: 'ASSEMBLY', label: 'Film', begin: 80 },
  { name: 'ANALYSIS', label: 'Checks', begin: 97 },
] as const satisfies readonly { name: PipelineStage; label: string; begin: number }[];
const END = 100;

export interface StageProgress {
  readonly name: PipelineStage;
  readonly label: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** 0 to 100. */
  readonly percent: number;
  /** Finished scenes and their total; 0 of 0 for a stage that does not process scenes. */
  readonly scenes: number;
  readonly sceneCount: number;
  /** The server's clock, milliseconds since the epoch. */
  readonly beganAt: number | null;
  readonly endedAt: number | null;
}

/** State of a video in progress. */
export interface Progress {
  readonly title: string;
  readonly status: VideoStatus;
  /** 0 to 100, of the whole. */
  readonly percent: number;
  readonly message: string;
  readonly stages: readonly StageProgress[];
  /** As of the last event. */
  readonly etaSeconds: number | null;
  /**
   * Time of the last event by the server's clock, and of its arrival by the local clock; milliseconds since the epoch.
   */
  readonly eventAt: number;
  readonly receivedAt: number;
  /** Start of the watching, by the local clock. */
  readonly startedAt: number;
}

export function noProgress(title: string, now: number): Progress {
  const still = { state: 'waiting', percent: 0, scenes: 0, sceneCount: 0, beganAt: null, endedAt: null } as const;
  const stages = STAGES.map(({ name, label }) => ({ name, label, ...still }));
  const times = { eventAt: now, receivedAt: now, startedAt: now };
  return { title, status: 'PENDING', percent: 0, message: '', stages, etaSeconds: null, ...times };
}

/**
 * The state after one more event, which arrived at `now`. After a late start the event also shows which stages are
 * done.
 */
export function advance(progress: Progress, event: ProgressEvent, now: number): Progress {
  const eventAt = Date.parse(event.at);
  return {
    ...progress,
    status: event.status,
    percent: event.progress,
    message: event.message,
    etaSeconds: event.etaSeconds,
    eventAt,
    receivedAt: now,
    stages: progress.stages.map((stage, index) => advanceStage(stage, index, event, eventAt)),
  };
}

/** Milliseconds that a stage has taken so far or in total; null if its start was not observed. */
export function tookOf(stage: StageProgress, { eventAt, receivedAt }: Progress, now: number): number | null {
  if (stage.beganAt === null) return null;
  // Two clocks: only differences within each are used.
  return (stage.endedAt ?? eventAt + (now - receivedAt)) - stage.beganAt;
}

/** Estimated seconds until the end, counted down since the last event; at least 1. */
export function etaOf({ etaSeconds, receivedAt }: Progress, now: number): number | null {
  if (etaSeconds === null) return null;
  return Math.max(1, Math.round(etaSeconds - (now - receivedAt) / 1_000));
}

function advanceStage(stage: StageProgress, index: number, event: ProgressEvent, eventAt: number): StageProgress {
  const current = STAGES.findIndex(({ name }) => name === event.stage);
  if (event.status === 'COMPLETED' || index < current) return finished(stage, eventAt);
  if (index !== current) return stage;
  if (event.stageStatus === 'COMPLETED') return finished(stage, eventAt);
  return {
    ...stage,
    ...scenesAfter(stage, event),
    state: event.stageStatus === 'FAILED' ? 'failed' : 'running',
    percent: Math.max(stage.percent, percentWithin(index, event.progress)),
    beganAt: stage.beganAt ?? eventAt,
    endedAt: event.stageStatus === 'FAILED' ? eventAt : null,
  };
}

function finished(stage: StageProgress, eventAt: number): StageProgress {
  if (stage.state === 'done') return stage;
  const endedAt = stage.beganAt === null ? null : eventAt;
  return { ...stage, state: 'done', percent: 100, scenes: stage.sceneCount, endedAt };
}

/** Scenes finish in any order, so they are counted, not numbered. */
function scenesAfter(stage: StageProgress, { sceneIndex, sceneCount }: ProgressEvent) {
  // A stage that starts (again) counts from zero.
  if (sceneIndex === null || sceneCount === null) return { scenes: 0 };
  return { sceneCount, scenes: Math.min(sceneCount, stage.scenes + 1) };
}

function percentWithin(index: number, overall: number): number {
  const begin = STAGES[index]?.begin ?? 0;
  const end = STAGES[index + 1]?.begin ?? END;
  return Math.round((100 * Math.min(Math.max(overall - begin, 0), end - begin)) / (end - begin));
}
