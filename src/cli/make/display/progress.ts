import type { PipelineStage, VideoStatus } from '../../generated/documents.ts';
import type { ProgressEvent } from '../server/watch.ts';

/** The stages as a person sees them; `begin` is the whole video's progress at that moment, as the API promises. */
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
  /** Scenes that are done, and of how many; 0 of 0 where it does not go by scenes. */
  readonly scenes: number;
  readonly sceneCount: number;
  /** The server's clock, milliseconds since the epoch. */
  readonly beganAt: number | null;
  readonly endedAt: number | null;
}

/** What is known of a video in the making. */
export interface Progress {
  readonly title: string;
  readonly status: VideoStatus;
  /** 0 to 100, of the whole. */
  readonly percent: number;
  readonly message: string;
  readonly stages: readonly StageProgress[];
  /** As of the last event. */
  readonly etaSeconds: number | null;
  /** When the last event happened by the server's clock, and when it came by ours; milliseconds since the epoch. */
  readonly eventAt: number;
  readonly receivedAt: number;
  /** When the watching began, by our clock. */
  readonly startedAt: number;
}

export function noProgress(title: string, now: number): Progress {
  const still = { state: 'waiting', percent: 0, scenes: 0, sceneCount: 0, beganAt: null, endedAt: null } as const;
  const stages = STAGES.map(({ name, label }) => ({ name, label, ...still }));
  const times = { eventAt: now, receivedAt: now, startedAt: now };
  return { title, status: 'PENDING', percent: 0, message: '', stages, etaSeconds: null, ...times };
}

/** The same after one more event, which came at `now`. Whoever comes late learns from it which stages are over. */
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

/** Milliseconds that a stage has taken, or takes so far; null where its beginning was not seen. */
export function tookOf(stage: StageProgress, { eventAt, receivedAt }: Progress, now: number): number | null {
  if (stage.beganAt === null) return null;
  // Two clocks: only differences within each are used.
  return (stage.endedAt ?? eventAt + (now - receivedAt)) - stage.beganAt;
}

/** Seconds until the end as forecast, counted down since; at least 1. */
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

/** Scenes end in any order, so they are counted, not numbered. */
function scenesAfter(stage: StageProgress, { sceneIndex, sceneCount }: ProgressEvent) {
  // A stage that begins (again) counts from the start.
  if (sceneIndex === null || sceneCount === null) return { scenes: 0 };
  return { sceneCount, scenes: Math.min(sceneCount, stage.scenes + 1) };
}

function percentWithin(index: number, overall: number): number {
  const begin = STAGES[index]?.begin ?? 0;
  const end = STAGES[index + 1]?.begin ?? END;
  return Math.round((100 * Math.min(Math.max(overall - begin, 0), end - begin)) / (end - begin));
}
