import { describe, expect, it } from 'vitest';
import { inkOf } from './emphasis.ts';
import type { PlacedBlock } from './words-layout.ts';

const INKS = { headline: '#ffffff', emphasis: '#ff0000', soft: '#808080', rule: '#00ff00' };
const INK = { x: 0, y: 0, width: 0, height: 0 };

/** The lines of a headline; those in another colour are in brackets. */
function coloured(headline: string, language: string): string {
  const style = { language, weight: 900, tracking: 0, size: 40 } as const;
  const lines = headline.split('|').map((text) => ({ text, x: 0, baseline: 0, ink: INK }));
  const block: PlacedBlock = { role: 'headline', style, lines };
  return lines.map(({ text }, at) => (inkOf(block, at, INKS) === INKS.emphasis ? `[${text}]` : text)).join('|');
}

describe('The colour of a headline', () => {
  it.each([
    ['en', 'Harbor Bridge to Close|for Nine Weeks', 'Harbor Bridge to Close|[for Nine Weeks]'],
    ['en', 'Harbor|Bridge|to Close|for Nine|Weeks', 'Harbor|Bridge|to Close|[for Nine]|[Weeks]'],
    ['de', 'Ein neues Dach|für das alte Rathaus', 'Ein neues Dach|[für das alte Rathaus]'],
    ['fr', 'À partir de 39 °C,|appelez le 15', 'À partir de 39 °C,|[appelez le 15]'],
    ['es', 'El tren sale|a las siete', 'El tren sale|[a las siete]'],
    ['it', 'Il mercato apre|con una festa', 'Il mercato apre|[con una festa]'],
    ['pt', 'A feira abre|com uma festa', 'A feira abre|[com uma festa]'],
    ['zh-TW', '全票410元，|半票210元', '全票410元，|[半票210元]'],
    ['zh-CN', '最多10本，|可以续借', '最多10本，|[可以续借]'],
  ])('is another one for its last phrase, in %s: %s', (language, headline, expected) => {
    expect(coloured(headline, language)).toBe(expected);
  });

  it.each([
    ['en', 'Stokes kept bees|for half a|century'],
    ['en', 'He painted|the first|bridge'],
    ['en', 'Some|of the wells are deep'],
    ['de', 'Sie wartete ein|halbes Jahrhundert'],
    ['fr', 'Un ancien|ministre du roi'],
    ['es', 'Casi la mitad|de los pozos'],
    ['it', 'Quasi la metà|dei pozzi'],
    ['pt', 'Quase a metade|dos poços'],
    ['zh-TW', '將近半個|世紀的蜜蜂'],
    ['zh-CN', '一半的|水井很深'],
  ])('is one for a part of a phrase, which another word may change, in %s: %s', (language, headline) => {
    expect(coloured(headline, language)).toBe(headline);
  });

  it('is one where the last phrase takes most of it, or another line denies it', () => {
    expect(coloured('Bees|and wasps|live|in the|old tower', 'en')).toBe('Bees|and wasps|live|[in the]|[old tower]');
    expect(coloured('Bees|in the|old|tower', 'en')).toBe('Bees|in the|old|tower');
    expect(coloured('No bees live|in the tower', 'en')).toBe('No bees live|in the tower');
  });
});
