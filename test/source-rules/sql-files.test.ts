import { globSync, readFileSync } from 'node:fs';
import { type Node, parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

/** Where SQL may be. The commands of `src/cli` send none. */
const ALLOWED = [/-(?:store|sql)\.ts$/, /^src\/db\//, /\.test\.ts$/];
const HINT = 'Move its SQL into a function in a file *-sql.ts (or the *-store.ts of the table) beside it.';

/** Methods of the query builder that begin a statement. */
const BUILDERS: ReadonlySet<string> = new Set([
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'selectNoFrom',
]);
const BEGINNINGS = String.raw`(?:select\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s|set\s+(?:local|session)\s|(?:create|alter|drop|reindex|grant|truncate)\s+(?:table|role|index|database)\b)`;
const STATEMENT = new RegExp(String.raw`^\s*(?:/\*[^*]*\*/\s*)?${BEGINNINGS}`);
/** What only conditions and orders in SQL contain. */
const FRAGMENT =
  /::(?:uuid|text|int|bigint|float8|timestamptz|jsonb|varchar)\b|\border by\s|(?:^|[._]\w+|\))\s+is (?:not )?null\b|= any\(|\b(?:left|inner|cross) join\s/;
/** Parsing all of src takes seconds; these files are parsed. */
const MAY_BE_SQL = new RegExp(
  [BEGINNINGS, FRAGMENT.source, 'is (?:not )?null', 'kysely', `\\.(?:${[...BUILDERS].join('|')})\\(`].join('|'),
);

interface Found {
  readonly at: number;
  readonly what: string;
}

/** Each place of a file that is SQL, as the file's text. */
function sqlIn(file: string, source: string): string[] {
  const found: Found[] = [];
  const text = (node: Node, value: string) => {
    if (STATEMENT.test(value) || FRAGMENT.test(value)) found.push({ at: node.start, what: value.trim().slice(0, 40) });
  };
  new Visitor({
    // Whatever it is called here.
    ImportSpecifier: ({ imported, start }) => {
      if (imported.type === 'Identifier' && imported.name === 'sql') found.push({ at: start, what: 'imports sql' });
    },
    CallExpression: ({ callee, start }) => {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (BUILDERS.has(callee.property.name)) found.push({ at: start, what: `${callee.property.name}(…)` });
    },
    Literal: (node) => {
      if (typeof node.value === 'string') text(node, node.value);
    },
    TemplateElement: (node) => text(node, node.value.raw),
  }).visit(parseSync(file, source).program);
  return found.map(({ at, what }) => `${file}:${source.slice(0, at).split('\n').length}: ${what}`);
}

describe('SQL', () => {
  it('is only in *-sql.ts, *-store.ts and src/db', () => {
    const others = globSync('src/**/*.ts')
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => !ALLOWED.some((allowed) => allowed.test(file)));
    expect(others.length).toBeGreaterThan(100);
    const sources = others.map((file) => ({ file, source: readFileSync(file, 'utf8') }));
    const found = sources
      .filter(({ source }) => MAY_BE_SQL.test(source))
      .flatMap(({ file, source }) => sqlIn(file, source));
    expect(found, HINT).toEqual([]);
  });

  it.each([
    "import { sql as raw } from 'kysely'",
    'raw<Row>`select 1`.execute(db)',
    "db.selectFrom('videos').selectAll().execute()",
    "db.updateTable('videos').set({}).execute()",
    "session.query('select 1', [])",
    "em.execute(`select pg_advisory_xact_lock(hashtext('one'))`)",
    "const one = { name: 'one', text: `\n  with a as (select 1) select * from a` }",
    "const where = 'v.id = any($1::uuid[])'",
    "const order = ' order by v.id'",
    "const condition = 'deleted_at is null'",
  ])('is found as %s', (source) => {
    expect(sqlIn('one.ts', source)).toHaveLength(1);
  });

  it.each([
    "const message = 'Select a voice, or leave it out.'",
    "const message = 'update the video with its id'",
    'run.execute(work)',
    'await pool.query(videos)',
    'gql`query { videos { id } }`',
  ])('is not %s', (source) => {
    expect(sqlIn('one.ts', source)).toEqual([]);
  });
});
