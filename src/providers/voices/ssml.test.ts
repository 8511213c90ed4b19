import { describe, expect, it } from 'vitest';
import { attribute, byteOffsets, markedUp, unitAt } from './ssml.ts';

describe('A text in a document with markup', () => {
  it('has no markup of its own, and knows where each unit is', () => {
    const { document, offsets } = markedUp('<p>', 'a<b>&"\'\u0000\n花𝄞\uFFFF', '</p>');
    expect(document).toBe('<p>a&lt;b&gt;&amp;&quot;&apos; \n花𝄞 </p>');
    expect(offsets.slice(0, 4)).toEqual([3, 4, 8, 9]);
    expect(offsets.at(-1)).toBe(document.indexOf('</p>') - 1);
    expect(unitAt(offsets, 0)).toBe(0);
    expect(unitAt(offsets, 6)).toBe(1);
    expect(unitAt(offsets, 8)).toBe(2);
    expect(unitAt(offsets, 1_000)).toBe(offsets.length - 1);
  });

  it('has an attribute that cannot end early', () => {
    expect(attribute('en" onload="<x>')).toBe('en&quot; onload=&quot;&lt;x&gt;');
  });

  it('has each unit at its byte', () => {
    expect(byteOffsets('aü花𝄞.')).toEqual([0, 1, 3, 6, 6, 10, 11]);
  });
});
