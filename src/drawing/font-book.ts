import { createRequire } from 'node:module';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { AppError } from '../errors.ts';
import { FontCoverage } from './font-coverage.ts';
import { skia } from './skia.ts';

/** CSS weights that we ship: secondary text, captions, headlines. */
export type FontWeight = 500 | 700 | 900;

/** How a piece of text is set. */
export interface TextStyle {
  /** BCP 47; decides between Traditional and Simplified forms of a Chinese character. */
  readonly language: string;
  readonly weight: FontWeight;
  /** Pixels. */
  readonly size: number;
  /** Extra space between letters, in em; negative tightens. */
  readonly tracking?: number;
}

type Family = 'latin' | 'traditional' | 'simplified' | 'emoji';

/** Own family names, so that a font that happens to be installed under the real name is never taken instead. */
const FAMILY_NAMES: Record<Family, string> = {
  latin: 'Auto Video Latin',
  traditional: 'Auto Video Traditional',
  simplified: 'Auto Video Simplified',
  emoji: 'Auto Video Emoji',
};

const CUTS: Record<FontWeight, string> = { 500: 'Medium', 700: 'Bold', 900: 'Black' };

/**
 * The fonts that come with us, from npm packages: system fonts are never needed. They are registered with Skia the first
 * time a weight is asked for (about 25 ms a weight), so a process that draws nothing pays nothing. One for a process is
 * enough; several do no harm. Throws INTERNAL_ERROR where a font file is missing.
 */
export class FontBook {
  readonly #require = createRequire(import.meta.url);
  readonly #ready = new Set<FontWeight>();
  #coverage: FontCoverage | null = null;

  /** The CSS font shorthand, families in the order in which the language wants them tried. */
  font(style: TextStyle): string {
    this.#register(style.weight);
    const chinese: Family[] = prefersSimplified(style.language)
      ? ['simplified', 'traditional']
      : ['traditional', 'simplified'];
    const order: Family[] = ['latin', ...chinese, 'emoji'];
    return `${style.weight} ${style.size}px ${order.map((family) => `"${FAMILY_NAMES[family]}"`).join(', ')}`;
  }

  /** Makes the context write in this style. Setting `lang` keeps the host's own language out of the shaping. */
  apply(ctx: SKRSContext2D, style: TextStyle): void {
    ctx.font = this.font(style);
    ctx.lang = style.language;
    ctx.letterSpacing = `${(style.tracking ?? 0) * style.size}px`;
  }

  /** False where a character is in none of our fonts and would come out as an empty box. */
  covers(text: string): boolean {
    this.#coverage ??= new FontCoverage([
      this.#file('latin', 700),
      this.#file('traditional', 700),
      this.#file('simplified', 700),
      this.#file('emoji', 700),
    ]);
    return this.#coverage.covers(text);
  }

  #register(weight: FontWeight): void {
    if (this.#ready.has(weight)) return;
    for (const family of ['latin', 'traditional', 'simplified', 'emoji'] as const) {
      const name = FAMILY_NAMES[family];
      const wanted = family === 'emoji' ? 400 : weight;
      if (hasStyle(name, wanted)) continue;
      if (skia().GlobalFonts.registerFromPath(this.#file(family, weight), name) === null)
        throw new AppError('INTERNAL_ERROR', `The font "${name}" could not be read; "npm ci" restores it.`);
    }
    this.#ready.add(weight);
  }

  #file(family: Family, weight: FontWeight): string {
    const cut = `${weight}${CUTS[weight]}`;
    const paths: Record<Family, string> = {
      latin: `noto-sans/${cut}/NotoSans_${cut}.ttf`,
      traditional: `noto-sans-tc/${cut}/NotoSansTC_${cut}.ttf`,
      simplified: `noto-sans-sc/${cut}/NotoSansSC_${cut}.ttf`,
      emoji: 'noto-color-emoji/400Regular/NotoColorEmoji_400Regular.ttf',
    };
    try {
      return this.#require.resolve(`@expo-google-fonts/${paths[family]}`);
    } catch (cause) {
      throw new AppError('INTERNAL_ERROR', 'A font file is missing; "npm ci" restores it.', { cause });
    }
  }
}

/** Mainland China, Singapore and Malaysia write simplified characters; a script subtag says so outright. */
function prefersSimplified(language: string): boolean {
  const tag = language.toLowerCase();
  if (!tag.startsWith('zh') || tag.includes('hant')) return false;
  return tag.includes('hans') || !/-(tw|hk|mo)\b/.test(tag);
}

function hasStyle(family: string, weight: number): boolean {
  const found = skia().GlobalFonts.families.find((known) => known.family === family);
  return found?.styles.some((style) => style.weight === weight) ?? false;
}
