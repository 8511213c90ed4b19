import { createRequire } from 'node:module';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { AppError } from '../errors.ts';
import { FontCoverage } from './font-coverage.ts';
import { skia } from './skia.ts';

/** Bundled CSS weights: secondary text, captions, headlines. */
export type FontWeight = 500 | 700 | 900;

/** Style of a piece of text. */
export interface TextStyle {
  /** BCP 47; selects the Traditional or Simplified form of a Chinese character. */
  readonly language: string;
  readonly weight: FontWeight;
  /** Pixels. */
  readonly size: number;
  /** Extra space between letters, in em; negative tightens. */
  readonly tracking?: number;
  /** True for code; in weight 500 only. */
  readonly isMonospaced?: boolean;
}

type Family = 'latin' | 'traditional' | 'simplified' | 'emoji' | 'monospaced';

/** Family names of our own, so that an installed font with the real name is never used instead. */
const FAMILY_NAMES: Record<Family, string> = {
  latin: 'Auto Video Latin',
  traditional: 'Auto Video Traditional',
  simplified: 'Auto Video Simplified',
  emoji: 'Auto Video Emoji',
  monospaced: 'Auto Video Monospaced',
};

/** The advance of each glyph of the monospaced font, in em. */
export const MONOSPACED_ADVANCE = 0.6;

const CUTS: Record<FontWeight, string> = { 500: 'Medium', 700: 'Bold', 900: 'Black' };

/**
 * The bundled fonts, from npm packages: system fonts are never needed. Skia registers a weight at its first use (about
 * 25 ms a weight), so a process that draws nothing has no cost. One instance for each process is enough; several do no
 * harm. Throws INTERNAL_ERROR where a font file is missing.
 */
export class FontBook {
  readonly #require = createRequire(import.meta.url);
  readonly #ready = new Set<FontWeight | 'monospaced'>();
  #coverage: FontCoverage | null = null;
  #codeCoverage: FontCoverage | null = null;

  /** The CSS font shorthand, with the families in the order of preference for the language. */
  font(style: TextStyle): string {
    this.#register(style.weight);
    const chinese: Family[] = prefersSimplified(style.language)
      ? ['simplified', 'traditional']
      : ['traditional', 'simplified'];
    if (style.isMonospaced === true) this.#registerMonospaced();
    const others: Family[] = ['latin', ...chinese, 'emoji'];
    const order: Family[] = style.isMonospaced === true ? ['monospaced', ...others] : others;
    return `${style.weight} ${style.size}px ${order.map((family) => `"${FAMILY_NAMES[family]}"`).join(', ')}`;
  }

  /** Sets this style on the context. Setting `lang` prevents the host's own language from affecting the shaping. */
  apply(ctx: SKRSContext2D, style: TextStyle): void {
    ctx.font = this.font(style);
    ctx.lang = style.language;
    ctx.letterSpacing = `${(style.tracking ?? 0) * style.size}px`;
  }

  /** False if a character is in none of the bundled fonts and would be drawn as an empty box. */
  covers(text: string): boolean {
    this.#coverage ??= new FontCoverage(this.#textFiles());
    return this.#coverage.covers(text);
  }

  /** The same for code in the monospaced font. */
  coversCode(text: string): boolean {
    this.#codeCoverage ??= new FontCoverage([...this.#textFiles(), this.#file('monospaced', 500)]);
    return this.#codeCoverage.covers(text);
  }

  #textFiles(): string[] {
    return (['latin', 'traditional', 'simplified', 'emoji'] as const).map((family) => this.#file(family, 700));
  }

  #registerMonospaced(): void {
    if (this.#ready.has('monospaced')) return;
    this.#registerFamily('monospaced', 500);
    this.#ready.add('monospaced');
  }

  #registerFamily(family: Family, weight: FontWeight): void {
    const name = FAMILY_NAMES[family];
    const wanted = family === 'emoji' ? 400 : weight;
    if (hasStyle(name, wanted)) return;
    if (skia().GlobalFonts.registerFromPath(this.#file(family, weight), name) === null)
      throw new AppError('INTERNAL_ERROR', `The font "${name}" could not be read; "npm ci" restores it.`);
  }

  #register(weight: FontWeight): void {
    if (this.#ready.has(weight)) return;
    for (const family of ['latin', 'traditional', 'simplified', 'emoji'] as const) this.#registerFamily(family, weight);
    this.#ready.add(weight);
  }

  #file(family: Family, weight: FontWeight): string {
    const cut = `${weight}${CUTS[weight]}`;
    const paths: Record<Family, string> = {
      latin: `noto-sans/${cut}/NotoSans_${cut}.ttf`,
      traditional: `noto-sans-tc/${cut}/NotoSansTC_${cut}.ttf`,
      simplified: `noto-sans-sc/${cut}/NotoSansSC_${cut}.ttf`,
      emoji: 'noto-color-emoji/400Regular/NotoColorEmoji_400Regular.ttf',
      monospaced: 'ibm-plex-mono/500Medium/IBMPlexMono_500Medium.ttf',
    };
    try {
      return this.#require.resolve(`@expo-google-fonts/${paths[family]}`);
    } catch (cause) {
      throw new AppError('INTERNAL_ERROR', 'A font file is missing; "npm ci" restores it.', { cause });
    }
  }
}

/** Mainland China, Singapore and Malaysia use simplified characters; a script subtag is explicit. */
function prefersSimplified(language: string): boolean {
  const tag = language.toLowerCase();
  if (!tag.startsWith('zh') || tag.includes('hant')) return false;
  return tag.includes('hans') || !/-(tw|hk|mo)\b/.test(tag);
}

function hasStyle(family: string, weight: number): boolean {
  const found = skia().GlobalFonts.families.find((known) => known.family === family);
  return found?.styles.some((style) => style.weight === weight) ?? false;
}
