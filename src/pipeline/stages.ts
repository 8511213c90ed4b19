/** The stages in order, with the progress of the whole video when each begins. */
export const STAGES = [
  { name: 'SCRIPT', begin: 10 },
  { name: 'SPEECH', begin: 30 },
  { name: 'VISUALS', begin: 50 },
  { name: 'CAPTIONS', begin: 75 },
  { name: 'ASSEMBLY', begin: 80 },
  { name: 'ANALYSIS', begin: 97 },
] as const;

export type StageName = (typeof STAGES)[number]['name'];

/** Progress of the whole video, 0 to 99, when this share (0 to 1) of a stage is done. */
export function overallProgress(stage: StageName, fraction: number): number {
  const index = STAGES.findIndex(({ name }) => name === stage);
  const begin = STAGES[index]?.begin ?? 0;
  const end = STAGES[index + 1]?.begin ?? 100;
  // 100 is reserved for COMPLETED, which comes after the end of the last stage.
  return Math.min(99, Math.floor(begin + (end - begin) * Math.min(Math.max(fraction, 0), 1)));
}

/** The next stage; after the last one the last one itself, which is current until the video is finished. */
export function stageAfter(stage: StageName): StageName {
  const index = STAGES.findIndex(({ name }) => name === stage);
  return STAGES[index + 1]?.name ?? stage;
}
