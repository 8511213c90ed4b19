import { describe, expect, it } from 'vitest';
import { withHosts } from './addresses.ts';

describe('An address in a headline', () => {
  it.each([
    ['See https://www.example.org/a/very/long?path=1&b=2#end for more.', 'See example.org for more.'],
    ['See https://example.org.', 'See example.org.'],
    ['Read it (www.example.org/a), please.', 'Read it (example.org), please.'],
    ['Get it at example.com/downloads/latest!', 'Get it at example.com!'],
    ['Open http://localhost:3000/graphql now.', 'Open localhost:3000 now.'],
    ['Open https://user:secret@example.org/a.', 'Open example.org.'],
    ['Both https://a.org/x and https://b.org/x work.', 'Both a.org and b.org work.'],
    ['https://example.org/a is https://example.org/a.', 'example.org is example.org.'],
    ['請看https://example.org/文章，謝謝。', '請看example.org文章，謝謝。'],
    ['請看 https://example.org/a?b=c。', '請看 example.org。'],
    ['Voir https://exemple.fr/été, merci.', 'Voir exemple.fr, merci.'],
  ])('is its host: %s', (text, shown) => {
    expect(withHosts(text)?.text).toBe(shown);
  });

  it.each([
    'Write to anna.weber@museum.example.org today.',
    'Go to example.org today.',
    'Cats and/or dogs eat 1.5/2 of it.',
    'Node.js/Express and ASP.NET/MVC are frameworks.',
    'The file is docs/readme.md or server.js.',
    'He left at 9 a.m./p.m. or so.',
    'A ratio of 3:2, not https:// alone.',
    'km/h, e.g./i.e., 24/7',
  ])('stays where it is none: %s', (text) => {
    expect(withHosts(text)?.text).toBe(text);
  });

  it.each([
    'Use https://example.org/a, not https://example.org/b.',
    'Use example.org, not example.org/old.',
    'Use https://example.org/a, not http://www.example.org/a.',
  ])('is not shown where two would look the same: %s', (text) => {
    expect(withHosts(text)).toBeNull();
  });

  it('says where the words after it are', () => {
    const text = 'See https://example.org/a/b for more, and www.example.com/c too.';
    const short = withHosts(text);
    for (const word of ['See', 'for', 'more', 'and', 'too'])
      expect(short?.offsetOf(text.indexOf(word))).toBe(short?.text.indexOf(word));
    expect(short?.offsetOf(text.indexOf('example.org'))).toBe(4);
  });
});
