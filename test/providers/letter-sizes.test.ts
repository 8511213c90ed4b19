import { describe, expect, it } from 'vitest';
import { captionSafeHeight } from '../../src/media/captions/caption-area.ts';
import { CONTENTS, overlaysOf, request } from '../helpers/media/card-contents.ts';
import { letterSizesOf } from '../helpers/media/letter-sizes.ts';

const FRAMES = [
  { shape: 'portrait', width: 1080, height: 1920, captions: 'WORD_HIGHLIGHT' },
  { shape: 'landscape', width: 1920, height: 1080, captions: 'BLOCK' },
] as const;

/** Pixels of a frame whose shorter side has 1080. */
const SMALLEST = { list: 60, timeline: 54, columns: 48, bars: 48, number: 160 } as const;
const SMALLEST_TEXT = 48;

describe.each(FRAMES)('The letters of a card in $shape, above captions', ({ width, height, captions }) => {
  const frame = { width, height, captionSafeHeight: captionSafeHeight({ width, height }, captions) };
  const shown = CONTENTS.flatMap(([name, language, narration]) =>
    overlaysOf(request(narration, language, frame)).map((overlay) => ({ name, overlay })),
  );

  it('are large enough for a telephone, whatever the card shows', () => {
    const small = shown.flatMap(({ name, overlay }) =>
      letterSizesOf(overlay, frame)
        .map(({ kind, share, text }) => ({ name, kind, text, pixels: Math.round(1080 * share) }))
        .filter(
          ({ kind, pixels }) => pixels < (Object.entries(SMALLEST).find(([one]) => one === kind)?.[1] ?? SMALLEST_TEXT),
        ),
    );
    expect(small).toEqual([]);
  });

  it('are above the captions and 5 % from the edges', () => {
    for (const { overlay } of shown) {
      if (!('place' in overlay)) continue;
      const { box } = overlay.place;
      expect(Math.min(box.x, box.y, 1 - box.x - box.width)).toBeGreaterThan(0.05);
      expect((box.y + box.height) * height).toBeLessThan(height - frame.captionSafeHeight);
    }
  });
});

it('Rows of a short list in portrait come closer together before their letters become small', () => {
  const size = { width: 1080, height: 1920 };
  const frame = { ...size, captionSafeHeight: captionSafeHeight(size, 'WORD_HIGHLIGHT') };
  const narration = 'You need: four eggs, two tomatoes, salt and soy sauce.';
  const lists = overlaysOf(request(narration, 'en', frame))
    .flatMap((overlay) => letterSizesOf(overlay, frame))
    .filter(({ kind }) => kind === 'list');
  expect(lists).toHaveLength(1);
  expect(Math.round(1080 * (lists[0]?.share ?? 0))).toBeGreaterThanOrEqual(75);
});
