import type { Gender, Noun } from './spoken-language.ts';

const GENDERS: Readonly<Record<string, Gender>> = { f: 'feminine', n: 'neuter' };

/**
 * A table of nouns by their symbols: "h ; hr | hour | hours". Without a plural it ends in "s"; a fourth column is
 * "f" for feminine and "n" for neuter.
 */
export function nouns(table: string): Readonly<Record<string, Noun>> {
  const rows = table.trim().split('\n');
  return Object.fromEntries(rows.flatMap((row) => keysOf(row.trim().split(' | '))));
}

function keysOf([keys = '', one = '', many = `${one}s`, gender = '']: readonly string[]): [string, Noun][] {
  const noun: Noun = [one, many, GENDERS[gender] ?? 'masculine'];
  return keys.split(' ; ').map((key) => [key, noun]);
}
