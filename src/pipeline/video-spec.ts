import type { ProviderPreference } from '../providers/chains.ts';
import type { ScriptSource } from '../providers/ports.ts';

/** Everything that the user ordered; fixed when the video was accepted. */
export interface VideoSpec {
  readonly videoId: string;
  /** The user whose own keys are used before the installation's. */
  readonly ownerId: string;
  /** Properties that the script may set where the user gave none. */
  readonly title: string | undefined;
  readonly source: ScriptSource;
  readonly language: string;
  readonly aspectRatio: 'LANDSCAPE_16_9' | 'PORTRAIT_9_16' | 'SQUARE_1_1';
  readonly resolution: 'SD_480' | 'HD_720' | 'FULL_HD_1080';
  readonly targetDurationSeconds: number | undefined;
  readonly voiceId: string | undefined;
  readonly voiceSpeed: number;
  /** True where the user has chosen the voice or its provider: it is not replaced by another. */
  readonly hasChosenVoice: boolean;
  /** Providers that are tried first, and the only one that may speak. */
  readonly providers: ProviderPreference;
  readonly visualStyle: string | undefined;
  readonly burnInCaptions: boolean;
  /** How captions in the picture look; by default as the shape of the picture suggests. */
  readonly captionStyle: 'BLOCK' | 'WORD_HIGHLIGHT' | undefined;
  readonly music: { readonly mood: string; readonly volume: number } | undefined;
  /** Who speaks the scenes in the picture; none where it is left out. */
  readonly presenter?: PresenterSpec | undefined;
}

export interface PresenterSpec {
  /** The provider's own presenter where it is left out. */
  readonly imageUrl?: string | undefined;
  readonly layout: 'CORNER' | 'FULL';
}

const SHORT_SIDE = { SD_480: 480, HD_720: 720, FULL_HD_1080: 1080 } as const;

/** Size of the finished picture in pixels, both even: the resolution names the short side. */
export function frameSizeOf({ aspectRatio, resolution }: Pick<VideoSpec, 'aspectRatio' | 'resolution'>): {
  width: number;
  height: number;
} {
  const short = SHORT_SIDE[resolution];
  // 480 × 16/9 = 853.3: encoders want even numbers, and 854 is what players call 480p.
  const long = 2 * Math.round((short * 16) / 9 / 2);
  if (aspectRatio === 'SQUARE_1_1') return { width: short, height: short };
  return aspectRatio === 'LANDSCAPE_16_9' ? { width: long, height: short } : { width: short, height: long };
}
