import { describe, expect, it } from 'vitest';
import { shownStatement } from './statement-text.ts';

describe('A statement is shown', () => {
  it.each([
    ['select * from videos where id = $1 and "owner" = $12', 'select * from videos where id = $1 and "owner" = $12'],
    ["select 'it''s a secret', 12, 1.5e-3, v2.x3 from t1", 'select ?, ?, ?.?-?, v2.x3 from t1'],
    ["select E'it\\'s secret', 'C:\\', U&'secret', x'1F' from t", 'select E?, ?, U&?, x? from t'],
    ["alter role app password 'secret' -- secret too", 'alter role app password ?'],
    ['select /* secret /* twice */ secret */ 1', 'select ?'],
    ['do $$ begin secret end $$; select $x$ secret $$ $x$, a$b', 'do ?; select ?, a$b'],
    ["select\n\t 'a'\u001b[2J\u009b from  t", 'select ? [? from t'],
    ["select 1 where name='secret'and x=1", 'select ? where name=?and x=?'],
    ['select * from "a ""quoted"" name"', 'select * from "a ""quoted"" name"'],
    ['select 價格 from 影片', 'select 價格 from 影片'],
    ['<insufficient privilege>', '<insufficient privilege>'],
    ['', ''],
  ])('without its literals and comments: %s', (given, shown) => {
    expect(shownStatement(given)).toBe(shown);
  });

  it.each([
    ["select 'cut off in a secr", 'select ?'],
    ["select e'cut off \\", 'select e?'],
    ['select $tag$cut off in a secr', 'select ?'],
    ['select $ta', 'select ?'],
    ['select /* cut off in a secr', 'select'],
    ['select -- cut off in a secr', 'select'],
  ])('where PostgreSQL has cut it off: %s', (given, shown) => {
    expect(shownStatement(given)).toBe(shown);
  });

  it('with its first 500 characters', () => {
    expect(shownStatement('a'.repeat(500))).toBe('a'.repeat(500));
    expect(shownStatement('a'.repeat(501))).toBe(`${'a'.repeat(499)}…`);
    expect(shownStatement(`insert into t values ${"('secret', 7), ".repeat(100_000)}`)).toMatch(
      /^insert into t values \(\?, \?\), .*…$/,
    );
    expect(shownStatement(`${'a'.repeat(498)}😀😀`).isWellFormed()).toBe(true);
  });

  it('in a time that is in proportion to its length', () => {
    for (const one of ["'", '$', '/*', '$a', '--', 'e', '"', '$a$'])
      expect(shownStatement(one.repeat(1_000_000)).length).toBeLessThanOrEqual(500);
  });
});
