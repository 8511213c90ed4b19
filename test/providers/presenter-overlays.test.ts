import { describe, expect, it } from 'vitest';
import { captionSafeHeight } from '../../src/media/captions/caption-area.ts';
import { pictureSizeFor } from '../../src/media/motion/motion.ts';
import { presenterPlace } from '../../src/media/presenter/presenter-place.ts';
import type { Overlay } from '../../src/overlays/overlay.ts';
import { BLOCK, WORD_HIGHLIGHT } from '../helpers/media/media-fixtures.ts';
import { overlaysOf } from './overlays-of-scenes.ts';

const SCENES = [
  { narration: 'A bee flies out and collects nectar from about 1,500 flowers. The hive has 870,000 bees.' },
  { narration: 'Three things happen: the nectar dries, it thickens, and it is sealed with wax.' },
  { narration: 'Germany exports honey to France and to Italy, and buys it in Argentina.' },
  {
    narration: 'Print it.',
    heading: 'A program',
    code: [{ text: 'print("a long line of code, for the bees")', start: 0 }],
  },
  { narration: 'In 2019 they made 10 tonnes, in 2020 they made 25 tonnes, and in 2021 they made 40 tonnes.' },
  { narration: 'Thank the bees when you eat honey.' },
];

/** The right and lower edges of an overlay, and its upper one, as shares of the frame. */
function edgesOf(overlay: Overlay, { width, height }: { readonly width: number; readonly height: number }) {
  if ('place' in overlay) {
    const { box } = overlay.place;
    return { right: box.x + box.width, top: box.y, bottom: box.y + box.height };
  }
  const { centre } = overlay;
  const unit = Math.min(width, height);
  const reach = 'reach' in overlay ? overlay.reach : overlay.radius;
  const [across, down] = [(reach * unit) / width, (reach * unit) / height];
  return { right: centre.x + across, top: centre.y - down, bottom: centre.y + down };
}

describe.each([
  ['wide', { width: 1_280, height: 720 }],
  ['tall', { width: 720, height: 1_280 }],
  ['square', { width: 720, height: 720 }],
])('In a %s frame, a presenter in the corner covers nothing that is shown:', (_, size) => {
  it.each([
    ['captions in a block', BLOCK],
    ['marked words', WORD_HIGHLIGHT],
    ['no captions', null],
  ])('with %s', (__, captionLook) => {
    const place = presenterPlace('CORNER', { size, captionLook });
    const picture = pictureSizeFor(size);
    const covered = captionLook === null ? 0 : captionSafeHeight(size, captionLook.style);
    const request = {
      ...picture,
      captionSafeHeight: Math.round((covered * picture.height) / size.height),
      presenterLeft: place.x / size.width,
      title: 'How bees make honey',
      count: SCENES.length,
    };
    const [left, top, bottom] = [place.x / size.width, place.y / size.height, (place.y + place.height) / size.height];
    let shown = 0;
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f'])
      for (const [index, scene] of SCENES.entries())
        for (const overlay of overlaysOf({ ...request, ...scene, seed, index })) {
          const edges = edgesOf(overlay, size);
          const isBeside = edges.right <= left || edges.bottom <= top || edges.top >= bottom;
          expect(isBeside, `${overlay.kind} of scene ${index}, seed ${seed}: ${JSON.stringify(edges)}`).toBe(true);
          shown++;
        }
    expect(shown).toBeGreaterThan(40);
  });
});
