import type { FitRequest } from '../../drawing/fit-text.ts';
import type { FontWeight } from '../../drawing/font-book.ts';
import type { Box } from '../../drawing/geometry.ts';
import { CARD_ROOM } from '../../language/headlines/headlines.ts';
import { widthOf } from '../../language/headlines/width.ts';
import { WIDE_SCRIPT } from '../../language/language.ts';
import type { Lettering } from '../overlay.ts';

const NO_BREAK = '\u00a0';

/** The two text styles. */
export type Role = 'headline' | 'secondary';

/** Lengths are fractions of the frame's shorter side, except where they are em. */
interface Setting {
  readonly weight: FontWeight;
  /** em */
  readonly tracking: number;
  readonly largest: number;
  readonly smallest: number;
  readonly maxLines: number;
  /** em */
  readonly lineHeight: number;
  readonly gapBefore: number;
  /** See `FitRequest`. Large letters are still large where they become somewhat smaller. */
  readonly smaller?: number;
}

const LATIN_HEADLINE: Setting = {
  weight: 900,
  tracking: -0.022,
  largest: 0.168,
  smallest: 0.044,
  maxLines: 5,
  lineHeight: 1.08,
  gapBefore: 0.022,
  smaller: 0.72,
};

/** Chinese characters fill their square: a smaller size, and more space between the lines. */
const WIDE_HEADLINE: Setting = { ...LATIN_HEADLINE, tracking: 0.01, largest: 0.16, lineHeight: 1.2 };

/** A sentence that must not be cut: more and smaller lines. */
const LONG_HEADLINE: Setting = {
  weight: 700,
  tracking: -0.01,
  largest: 0.082,
  smallest: 0.036,
  maxLines: 8,
  lineHeight: 1.2,
  gapBefore: 0.022,
};

/** A sentence below a number or bars. */
const SMALL_HEADLINE: Setting = { ...LONG_HEADLINE, largest: 0.07, lineHeight: 1.24 };

const SMALL: Record<Exclude<Role, 'headline'>, Setting> = {
  secondary: {
    weight: 500,
    tracking: 0,
    largest: 0.086,
    smallest: 0.05,
    maxLines: 3,
    lineHeight: 1.3,
    gapBefore: 0.03,
  },
};

/** Sizes of the line below a headline that are tried, of its largest. */
export const SECONDARY_SCALES: readonly number[] = [1, 0.9, 0.8, 0.7, 0.6, 0.5];

/** What changes the usual size and weight of a headline. */
export interface WordsForm {
  /** True if something larger is beside it. */
  readonly isSmall?: boolean;
  /** False if a short word of a headline may end a line. */
  readonly tiesShortWords?: boolean;
  /** Of the largest size of a small line: 1 where left out. */
  readonly scale?: number;
  readonly lettering?: Lettering;
}

export function settingOf(role: Role, text: string, { isSmall, scale = 1, lettering }: WordsForm = {}): Setting {
  if (role !== 'headline') {
    const small = SMALL[role];
    return { ...small, largest: Math.max(small.smallest, small.largest * scale) };
  }
  const setting = isSmall === true ? SMALL_HEADLINE : headlineSetting(text);
  if (lettering === undefined) return setting;
  const { weight } = lettering;
  return { ...setting, weight, largest: Math.max(setting.smallest, setting.largest * lettering.scale) };
}

function headlineSetting(text: string): Setting {
  if (widthOf(text) > CARD_ROOM.comfortable) return LONG_HEADLINE;
  return WIDE_SCRIPT.test(text) ? WIDE_HEADLINE : LATIN_HEADLINE;
}

/** The fitting request for a text in a box, with every length in pixels. */
export function fitRequestOf(
  role: Role,
  { text, language, ...form }: { readonly text: string; readonly language: string } & WordsForm,
  box: Box,
  unit: number,
): FitRequest {
  const { weight, tracking, largest, smallest, maxLines, lineHeight, smaller } = settingOf(role, text, form);
  return {
    text: role === 'headline' && form.tiesShortWords !== false ? withShortWordsTied(text) : text,
    language,
    weight,
    tracking,
    width: box.width,
    height: box.height,
    largest: largest * unit,
    smallest: smallest * unit,
    maxLines,
    lineHeight,
    ...(smaller === undefined ? {} : { smaller }),
  };
}

/** Keeps a short word on the same line as the long one after it, so that no line of a headline is only "of". */
function withShortWordsTied(text: string): string {
  return text.replace(
    /(?<=^|\p{L}{4,12}\s)([\p{Script=Latin}]{1,3}) (?=[\p{Script=Latin}]{4,12}(?:\s|$))/gu,
    `$1${NO_BREAK}`,
  );
}
