import { describe, expect, it } from 'vitest';
import { balancedLines, unitsOf } from './line-break.ts';
import { withLongWordsDivided } from './long-words.ts';

describe('A long word', () => {
  it.each([
    ['Geschwindigkeitsbegrenzung', ['Geschwindigkeits-', 'begrenzung']],
    ['Krankenversicherungsbeiträge', ['Krankenversicherungs-', 'beiträge']],
    ['Donaudampfschifffahrtsgesellschaft', ['Donaudampfschifffahrts-', 'gesellschaft']],
    ['Straßenbahnhaltestelle', ['Straßenbahn-', 'haltestelle']],
  ])('is divided between its parts, or where a syllable begins: %s', (word, parts) => {
    expect(withLongWordsDivided(unitsOf(word, 'de')).map(({ text }) => text)).toEqual(parts);
  });

  it('ends its line there', () => {
    const units = withLongWordsDivided(unitsOf('Neue Geschwindigkeitsbegrenzung', 'de'));
    const { lines } = balancedLines(units, 40, (text) => text.length);
    expect(lines).toEqual(['Neue Geschwindigkeits-', 'begrenzung']);
  });

  it('is none with fewer letters, an address or a number', () => {
    const units = unitsOf('Kartoffelsuppe anna.weber@example.org 123456789012345678901', 'de');
    expect(withLongWordsDivided(units)).toBe(units);
  });
});
