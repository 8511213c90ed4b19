/** What a service outside needs to know of a picture. The request of a scene's picture has it all. */
export interface PictureRequest {
  readonly prompt: string;
  /** One of the provider's `models`; the first by default. */
  readonly model?: string;
  /** Free text such as "warm watercolour". */
  readonly visualStyle?: string;
  /** Size of the film in pixels. It uses the middle of a picture, cropped to its shape and scaled. */
  readonly width: number;
  readonly height: number;
  /** Pixels at the bottom that captions will cover; 0 for none. */
  readonly captionSafeHeight: number;
  /** What the picture must not show. */
  readonly negative?: string;
}

/** What the picture of a service depends on; a scene's request also says where in which film it is. */
export function pictureInput({
  prompt,
  model,
  visualStyle,
  width,
  height,
  captionSafeHeight,
  negative,
}: PictureRequest): PictureRequest {
  return {
    prompt,
    width,
    height,
    captionSafeHeight,
    ...(model === undefined ? {} : { model }),
    ...(visualStyle === undefined ? {} : { visualStyle }),
    ...(negative === undefined ? {} : { negative }),
  };
}

/** How a service takes a prompt. */
export interface PromptForm {
  /** The longest prompt that it takes, in UTF-16 units. */
  readonly longest: number;
  /**
   * True for models with a field of its own for what must not be in the picture. They often draw what a prompt names, also where
   * it says "no".
   */
  readonly hasNegative: boolean;
}

export interface PicturePrompt {
  readonly prompt: string;
  /** For the field of its own; empty where the service has none. */
  readonly negative: string;
}

/** Captions lie over the picture: words in it would be read with them. */
const NO_WORDS = 'There is no writing in it: no words, letters, numbers, captions, signatures, logos or watermarks.';
const WORDS = 'text, words, letters, numbers, captions, subtitles, signature, logo, watermark';

/** The prompt for a service: what to show, in which style, without words, and calm where captions will be. */
export function picturePrompt(request: PictureRequest, { longest, hasNegative }: PromptForm): PicturePrompt {
  const style = oneLine(request.visualStyle ?? '');
  const negative = oneLine(request.negative ?? '');
  const wanted = oneLine(request.prompt);
  const rules = [
    // A script's prompts may name the style already.
    ...(style === '' || wanted.includes(style) ? [] : [`Style: ${shortened(style, longest / 4)}.`]),
    ...calmGround(request),
    ...(hasNegative ? [] : [NO_WORDS]),
    ...(hasNegative || negative === '' ? [] : [`It does not show: ${shortened(negative, longest / 4)}.`]),
  ].join(' ');
  // The rules are short, and what is cut off is the end of a long description.
  const subject = shortened(wanted, longest - rules.length - 2);
  const stop = /[.!?。!?]$/.test(subject) ? '' : '.';
  return {
    prompt: `${subject}${stop} ${rules}`.trim(),
    negative: hasNegative ? shortened([WORDS, negative].filter((part) => part !== '').join(', '), longest) : '',
  };
}

function calmGround({ captionSafeHeight, height }: PictureRequest): string[] {
  if (captionSafeHeight <= 0) return [];
  const percent = Math.min(90, Math.ceil((captionSafeHeight / height) * 100));
  return [`Nothing important is in the lowest ${percent} % of the picture, which is calm and even ground.`];
}

function oneLine(text: string): string {
  return text.split(/\s/).filter(Boolean).join(' ');
}

/** At most so many UTF-16 units, if possible up to the end of a word. */
function shortened(text: string, longest: number): string {
  const most = Math.max(0, Math.floor(longest));
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const blank = cut.lastIndexOf(' ');
  // Chinese has no blanks; half of a character of two units is dropped.
  return blank > most / 2 ? cut.slice(0, blank) : cut.replace(/[\uD800-\uDBFF]$/, '');
}

/** The offered shape, such as "16:9", nearest to the film's, so that as little as possible is cropped. */
export function nearestAspect<Offered extends string>(
  { width, height }: Pick<PictureRequest, 'width' | 'height'>,
  offered: readonly [Offered, ...Offered[]],
): Offered {
  const distance = (aspect: string): number => {
    const [across = 1, down = 1] = aspect.split(':').map(Number);
    // A picture twice as wide is as far away as one half as wide.
    return Math.abs(Math.log((width * down) / (height * across)));
  };
  return offered.reduce((best, aspect) => (distance(aspect) < distance(best) ? aspect : best));
}

/** Upper bound of a prompt's tokens: half a token for a byte, so two words of English count as five and a Chinese character as 1.5. */
export function mostTokens({ prompt, negative }: PicturePrompt): number {
  return Math.ceil(Buffer.byteLength(`${prompt} ${negative}`) / 2);
}
