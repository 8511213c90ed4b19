import type { Lettering } from '../../../../overlays/overlay.ts';
import type { Scenery } from '../card.ts';
import { CHILDREN, NEWS, RETRO, TECH } from '../lively-recipes.ts';
import { CALM, ELEGANT, MINIMAL, NATURE } from '../quiet-recipes.ts';
import type { Recipe } from '../recipe.ts';
import { blueprint } from '../scenery/blueprint.ts';
import { bokeh } from '../scenery/bokeh.ts';
import { confetti } from '../scenery/confetti.ts';
import { contours } from '../scenery/contours.ts';
import { cutouts } from '../scenery/cutouts.ts';
import { halftone } from '../scenery/halftone.ts';
import { hills } from '../scenery/hills.ts';
import { horizon } from '../scenery/horizon.ts';
import { leaves } from '../scenery/leaves.ts';
import { mountains } from '../scenery/mountains.ts';
import { orbits } from '../scenery/orbits.ts';
import { panes } from '../scenery/panes.ts';
import { pebbles } from '../scenery/pebbles.ts';
import { rays } from '../scenery/rays.ts';
import { ribbons } from '../scenery/ribbons.ts';
import { scallops } from '../scenery/scallops.ts';
import { skyline } from '../scenery/skyline.ts';
import { slabs } from '../scenery/slabs.ts';
import { stage } from '../scenery/stage.ts';
import { stars } from '../scenery/stars.ts';
import { tiles } from '../scenery/tiles.ts';
import { waves } from '../scenery/waves.ts';
import { searched, wordCount } from './word-search.ts';

export type Tone = 'night' | 'paper' | 'bold';
export type TransitionKind = 'fade' | 'push' | 'cover' | 'band';

/** How the pictures and words of a whole video look. */
export interface VisualStyle {
  readonly name: string;
  /** Words that mean it, in all languages that are treated fully; see `wordCount`. */
  readonly words: string;
  readonly recipes: readonly [Recipe, ...Recipe[]];
  readonly sceneries: readonly [Scenery, ...Scenery[]];
  /** The tones of scenes in a row, which are shuffled; the first is that of the first and the last scene. */
  readonly tones: readonly [Tone, ...Tone[]];
  readonly lettering: Lettering;
  readonly transitions: readonly [TransitionKind, ...TransitionKind[]];
}

export const VISUAL_STYLES: readonly VisualStyle[] = [
  {
    name: 'bold news',
    words:
      'news newscast newspaper headline* breaking journalis* giornalis* press bold strong loud dramatic urgent nachricht* schlagzeil* ' +
      'zeitung* kraftig* fett dramatisch actualite* journal presse audacieu* dramatique noticia* noticiario periodic* prensa audaz ' +
      'negrito negrita jornal* manchete* imprensa ousad* notizi* telegiornale stampa 新聞 新闻 頭條 头条 報導 报道 大膽 大胆 粗體 粗体',
    recipes: NEWS,
    sceneries: [slabs, halftone, skyline, rays, panes, stage, ribbons, contours],
    tones: ['bold', 'night', 'bold', 'paper'],
    lettering: { weight: 900, scale: 1.12 },
    transitions: ['push', 'band'],
  },
  {
    name: 'calm',
    words:
      'calm* quiet* soft* gentle* peaceful relax* meditat* zen pastel* watercolo* aquarel* acquerell* acuarel* aguarel* serene dreamy ' +
      'ruhig* sanft* entspann* friedlich* wasserfarb* zart* calme* dou* tranquill* tranquil* paisible* relajad* suave* sereno serena apacible* ' +
      'delicat* sereno rilassant* morbid* 平靜 平静 安靜 安静 柔和 寧靜 宁静 放鬆 放松 水彩 粉彩 療癒 疗愈',
    recipes: CALM,
    sceneries: [pebbles, contours, hills, waves, ribbons, cutouts, bokeh, scallops],
    tones: ['paper', 'paper', 'night', 'bold'],
    lettering: { weight: 500, scale: 0.9 },
    transitions: ['fade', 'cover'],
  },
  {
    name: "children's book",
    words:
      'child* kid kids cartoon* cute playful fairy* nursery toy* storybook comic* fun funny kinder* kindlich* niedlich* susse* marchen* bilderbuch* ' +
      'verspielt* lustig* enfan* mignon* conte* rigolo* ludique* nino* nina* infantil* cuento* divertid* tiern* dibujos crianca* fofo fofa ' +
      'desenho* ludico* bambin* fiaba fiabe cartone carin* giocos* 兒童 儿童 童書 童书 繪本 绘本 卡通 可愛 可爱 童話 童话 孩子 漫畫 漫画',
    recipes: CHILDREN,
    sceneries: [confetti, cutouts, hills, tiles, rays, pebbles, leaves, waves, skyline],
    tones: ['bold', 'paper', 'bold', 'paper'],
    lettering: { weight: 900, scale: 1.05 },
    transitions: ['cover', 'push', 'band'],
  },
  {
    name: 'minimal',
    words:
      'minimal* simple plain clean flat sparse monochrom* monocrom* schlicht* einfach* reduziert* schwarzweiss epure* sobre* sencill* limpi* ' +
      'simples limpo limpa semplice* pulit* essenziale* scandinavian nordic skandinavisch* 極簡 极简 簡約 简约 簡單 简单 黑白 單色 单色',
    recipes: MINIMAL,
    sceneries: [contours, orbits, blueprint, halftone, pebbles, horizon, slabs],
    tones: ['paper', 'paper', 'night', 'bold'],
    lettering: { weight: 500, scale: 0.95 },
    transitions: ['fade', 'push'],
  },
  {
    name: 'tech',
    words:
      'tech* digital* cyber* futur* neon* scifi sci computer* robot* hacker data software startup technisch* technolog* zukunft* ' +
      'numerique* informatique* tecno* tecnic* informatic* datos dados dati 科技 數位 数字 未來 未来 賽博 赛博 霓虹 技術 技术 電腦 电脑',
    recipes: TECH,
    sceneries: [blueprint, horizon, orbits, stars, halftone, panes, contours, skyline],
    tones: ['night', 'night', 'bold', 'night'],
    lettering: { weight: 700, scale: 1 },
    transitions: ['push', 'band'],
  },
  {
    name: 'retro',
    words:
      'retro* vintage nostalg* 1950s 1960s 1970s 1980s 50s 60s 70s 80s 90s seventies eighties sixties vaporwave synthwave analog* bauhaus ' +
      'altmodisch* siebziger* achtziger* ancien* annees antig* epoca anos anni deco 復古 复古 懷舊 怀旧 老派 年代',
    recipes: RETRO,
    sceneries: [horizon, tiles, ribbons, rays, scallops, halftone, slabs],
    tones: ['paper', 'night', 'bold', 'paper'],
    lettering: { weight: 900, scale: 1.05 },
    transitions: ['band', 'push', 'cover'],
  },
  {
    name: 'nature',
    words:
      'natur* organic botanic* forest* garden* earthy landscape* outdoor* wild wildlife ecolog* oekolog* okolog* wald* garten* landschaft* pflanz* ' +
      'erdig* foret* jardin* paysage* bosque* paisaj* jardim floresta* paisage* bosc* giardin* paesaggi* foglie organisch* 自然 森林 植物 花園 花园 ' +
      '風景 风景 大自然 生態 生态',
    recipes: NATURE,
    sceneries: [leaves, mountains, hills, waves, pebbles, contours, bokeh, rays],
    tones: ['night', 'paper', 'bold', 'night'],
    lettering: { weight: 700, scale: 1 },
    transitions: ['cover', 'fade'],
  },
  {
    name: 'elegant',
    words:
      'elegant* luxur* luxe luxus* premium classy classic* sophisticat* fashion* noble* gold golden edel* vornehm* klassisch* stilvoll* ' +
      'raffine* chic classique* lujo* lujos* sofisticad* clasic* luxo* requint* lusso* lussuos* raffinat* classico classica 優雅 优雅 奢華 奢华 ' +
      '高級 高级 精緻 精致 典雅 時尚 时尚',
    recipes: ELEGANT,
    sceneries: [bokeh, scallops, orbits, stars, ribbons, panes, stage],
    tones: ['night', 'night', 'bold', 'night'],
    lettering: { weight: 500, scale: 0.95 },
    transitions: ['fade', 'cover'],
  },
];

export const STYLE_NAMES: readonly string[] = VISUAL_STYLES.map((style) => style.name);

/** The style that most words of an author's text mean, the first of several; null if none. */
export function visualStyleOf(text: string | undefined): VisualStyle | null {
  if (text === undefined) return null;
  const read = searched(text);
  let best: VisualStyle | null = null;
  let most = 0;
  for (const style of VISUAL_STYLES) {
    const count = wordCount(read, style.words);
    if (count > most) [best, most] = [style, count];
  }
  return best;
}
