import { describe, expect, it } from 'vitest';
import type { Overlay } from '../../src/overlays/overlay.ts';
import { overlaysOf, request } from '../helpers/media/card-contents.ts';

/** The headlines and rows that are shown, in order. */
function textsOf(overlays: readonly Overlay[]): string[] {
  return overlays.flatMap((one) => {
    if (one.kind === 'words') return [one.words.headline, one.words.secondary].filter((text) => text !== '');
    return one.kind === 'rows' ? one.rows.map(({ text }) => text) : [];
  });
}

describe('An address of the web', () => {
  const long = 'https://www.example.org/archive/2024/reports/final?format=pdf&lang=en';

  const short = 'https://www.example.org/pdf?lang=en';

  it('is its host in a headline, a heading and a quotation', () => {
    expect(textsOf(overlaysOf(request(`You find the whole report at ${long}.`, 'en')))).toEqual([
      'You find the whole report at example.org',
    ]);
    expect(textsOf(overlaysOf(request('It is long.', 'en', { heading: `Read ${long}` })))[0]).toBe('Read example.org');
    expect(textsOf(overlaysOf(request(`“You find it all on ${short},” says Anna Weber.`, 'en')))[0]).toBe(
      'You find it all on example.org',
    );
  });

  it('is its host in the row of a list', () => {
    const narration = `What can you do? Read www.example.org/archive/report. Write to the city council. Tell it to all of your friends.`;
    expect(textsOf(overlaysOf(request(narration, 'en')))).toEqual([
      'Read example.org',
      'Write to the city council',
      'Tell it to all of your friends',
    ]);
  });

  it('leaves out a headline that would name the same host for two addresses', () => {
    expect(textsOf(overlaysOf(request('Use https://example.org/new, not https://example.org/old.', 'en')))).toEqual([]);
  });

  it('does not move the words that are bright while they are spoken', () => {
    const narration = `If you cannot find the report that we wrote about at ${long}, ask the people who work in the library of the city, because they have it.`;
    const [words] = overlaysOf(request(narration, 'en'));
    if (words?.kind !== 'words') expect.fail('no words');
    const starts = words.clauses.map(({ start }) => words.words.headline.slice(start, start + 3));
    expect(starts).toContain('ask');
    expect(starts[0]).toBe('If ');
  });
});
