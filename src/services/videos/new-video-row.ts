import type { Video } from '../../entities/video.ts';
import { cleanText, distinct, sourceOf, type VideoInLanguage } from './create-video-validation.ts';
import { presenterOf } from './presenter-choice.ts';
import { providerChoiceOf } from './provider-choice.ts';

const PLACEHOLDER_TITLE = 'Untitled video';

/** What is known of a video when it is accepted; all else is empty. */
export type NewVideoRow = ReturnType<typeof newVideoRow>;

/** Empty where the video was requested without one. */
export function givenTitle({ title }: Pick<VideoInLanguage, 'title'>): string {
  return title == null ? '' : cleanText(title);
}

/** As its row will be; the input has been checked. `textTitle` is the title of a video that was requested without one. */
export function newVideoRow(id: string, ownerId: string, input: VideoInLanguage, textTitle = '') {
  const source = sourceOf(input);
  const title = givenTitle(input);
  return {
    id,
    ownerId,
    title: title || cleanText(textTitle) || PLACEHOLDER_TITLE,
    titleGiven: title !== '',
    description: input.description == null ? null : cleanText(input.description),
    source,
    script: source.kind === 'script' ? source.text : null,
    language: input.language,
    status: 'PENDING',
    progress: 0,
    run: 1,
    currentStage: 'SCRIPT',
    priority: input.priority ?? 'NORMAL',
    aspectRatio: input.aspectRatio,
    resolution: input.resolution,
    targetDurationSeconds: input.targetDurationSeconds ?? null,
    voiceId: input.voice?.voiceId ?? null,
    voiceSpeed: input.voice?.speed ?? 1,
    visualStyle: input.visualStyle == null ? null : cleanText(input.visualStyle),
    burnInCaptions: input.burnInCaptions,
    captionStyle: input.captionStyle ?? null,
    musicMood: input.music ? (input.music.mood ?? 'calm') : null,
    musicVolume: input.music?.volume ?? null,
    tags: distinct(input.tags),
    platforms: [...new Set(input.platforms ?? [])],
    seoKeywords: [],
    maxCost: input.maxCost ?? null,
    providers: providerChoiceOf(input),
    presenter: presenterOf(input.presenter),
  } as const satisfies Partial<Video>;
}

/** Of every accepted video. */
export const NEW_VIDEO_PROPERTIES: readonly string[] = Object.keys(
  newVideoRow('', '', {
    script: '',
    language: 'en',
    aspectRatio: 'LANDSCAPE_16_9',
    resolution: 'HD_720',
    burnInCaptions: true,
  }),
);
