import type { Claim } from '../queue/lease.ts';
import { GenerationEnding } from './generation-ending.ts';
import { GenerationWork, type GenerationWorkParts } from './generation-work.ts';
import type { EndingParts, JobEnding, JobWork } from './job-work.ts';
import { VideoEnding } from './video-ending.ts';
import { VideoWork, type VideoWorkParts } from './video-work.ts';

export type JobWorkParts = VideoWorkParts & GenerationWorkParts;

/** The only place that knows which kinds of jobs there are. */
export function workOf(claim: Claim, parts: JobWorkParts): JobWork {
  return 'videoId' in claim ? new VideoWork(claim, parts) : new GenerationWork(claim, parts);
}

export function endingOf(claim: Claim, parts: EndingParts): JobEnding {
  return 'videoId' in claim ? new VideoEnding(claim, parts) : new GenerationEnding(claim, parts);
}
