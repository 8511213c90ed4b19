import type { Video } from '../../entities/video.ts';
import type { VideoSpec } from '../../pipeline/video-spec.ts';

/** Converts a video's row to the pipeline's input. */
export function videoSpecOf(video: Video): VideoSpec {
  const { source, presenter } = video;
  return {
    videoId: video.id,
    ownerId: video.ownerId,
    title: video.titleGiven ? video.title : undefined,
    source: source.kind === 'scenes' ? source : { kind: source.kind, text: source.text },
    language: video.language,
    aspectRatio: video.aspectRatio,
    resolution: video.resolution,
    targetDurationSeconds: video.targetDurationSeconds ?? undefined,
    voiceId: video.voiceId ?? undefined,
    voiceSpeed: video.voiceSpeed,
    hasChosenVoice: video.voiceId != null || video.providers?.voice !== undefined,
    providers: {
      ...video.providers,
      ...(presenter?.provider === undefined ? {} : { avatar: presenter.provider }),
    },
    visualStyle: video.visualStyle ?? undefined,
    burnInCaptions: video.burnInCaptions,
    captionStyle: video.captionStyle ?? undefined,
    music: video.musicMood == null ? undefined : { mood: video.musicMood, volume: video.musicVolume ?? 0.15 },
    ...(presenter == null ? {} : { presenter: { imageUrl: presenter.imageUrl, layout: presenter.layout } }),
  };
}
