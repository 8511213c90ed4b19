import type { AspectRatio, CaptionStyle, Resolution } from '../generated/documents.ts';

/** Option values for the longer names of the API. */
export const SHAPES = {
  landscape: 'LANDSCAPE_16_9',
  portrait: 'PORTRAIT_9_16',
  square: 'SQUARE_1_1',
} as const satisfies Record<string, AspectRatio>;
export const SIZES = {
  480: 'SD_480',
  720: 'HD_720',
  1080: 'FULL_HD_1080',
} as const satisfies Record<number, Resolution>;

export const CAPTION_STYLES = {
  block: 'BLOCK',
  'word-highlight': 'WORD_HIGHLIGHT',
} as const satisfies Record<string, CaptionStyle>;

/** The options of `make`. Files are not read yet; "-" is standard input. */
export interface MakeOptions {
  readonly script?: string;
  readonly article?: string;
  readonly topic?: string;
  /** File with a JSON list of `{narration, visualPrompt?}`. */
  readonly scenes?: string;
  /** Uses the built-in text if no text is given. */
  readonly demo?: boolean;
  readonly title?: string;
  readonly language?: string;
  readonly aspect?: keyof typeof SHAPES;
  readonly resolution?: `${keyof typeof SIZES}`;
  readonly voice?: string;
  readonly speed?: number;
  readonly duration?: number;
  readonly style?: string;
  readonly music?: string;
  /** False leaves the captions out of the picture. */
  readonly captions: boolean;
  readonly captionStyle?: keyof typeof CAPTION_STYLES;
  /** Path ending in .srt, .vtt or .ass. */
  readonly captionsFile?: string;
  readonly out?: string;
  readonly force?: boolean;
  /** Id of a video that was requested earlier. */
  readonly watch?: string;
  readonly url?: string;
  readonly token?: string;
  readonly user?: string;
}

/** The option for each input of the API, so that the server's errors name the typed option. */
const OPTION_OF: Readonly<Record<string, string>> = {
  script: '--script',
  article: '--article',
  topic: '--topic',
  scenes: '--scenes',
  title: '--title',
  language: '--language',
  aspectRatio: '--aspect',
  resolution: '--resolution',
  targetDurationSeconds: '--duration',
  visualStyle: '--style',
  burnInCaptions: '--no-captions',
  captionStyle: '--caption-style',
  'voice.voiceId': '--voice',
  'voice.speed': '--speed',
  'voice.provider': '--voice',
  'music.mood': '--music',
};

/** The option for the path of an input: ["input", "scenes", "0", "narration"] → "--scenes, scene 1, narration". */
export function optionOf(path: readonly string[] | null): string | null {
  const [, name = '', ...rest] = path ?? [];
  if (name === 'scenes' && rest[0] !== undefined)
    return ['--scenes', `scene ${Number(rest[0]) + 1}`, ...rest.slice(1)].join(', ');
  return OPTION_OF[[name, ...rest].join('.')] ?? OPTION_OF[name] ?? null;
}
