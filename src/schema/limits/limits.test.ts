import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { limits, parseOptions, validationRules } from './limits.ts';
import { nodeRule } from './node-rule.ts';

const schema = buildSchema(`
  type Query { thing: Thing things(first: Int, last: Int): ThingConnection }
  type ThingConnection { edges: [ThingEdge!]! nodes: [Thing!]! pageInfo: PageInfo! totalCount: Int! }
  type ThingEdge { node: Thing! }
  type PageInfo { hasNextPage: Boolean! }
  type Thing { id: ID! inner: Thing parts: [Thing!]! tags: [String!]! things(first: Int, last: Int): ThingConnection }
`);

function problems(document: string): string[] {
  const rules = [...specifiedRules, ...validationRules];
  return validate(schema, parse(document, parseOptions), rules).map((error) => error.message);
}

/** `depth` fields inside each other. */
function nested(depth: number): string {
  return `{ thing ${'{ inner '.repeat(depth - 2)}{ id }${' }'.repeat(depth - 2)} }`;
}

function times(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join(' ');
}

describe('depth', () => {
  it('allows 12 fields inside each other', () => {
    expect(problems(nested(12))).toEqual([]);
  });

  it('refuses 13 fields inside each other', () => {
    expect(problems(nested(13))).toEqual(['This goes 13 fields deep; at most 12 are allowed.']);
  });

  it('counts fields of fragments', () => {
    const inFragment = (depth: number) =>
      `query { thing { ...Deep } } fragment Deep on Thing ${nested(depth).replace('thing', 'inner')}`;
    expect(problems(inFragment(11))).toEqual([]);
    expect(problems(inFragment(12))).toEqual(['This goes 13 fields deep; at most 12 are allowed.']);
  });

  it('counts fields of inline fragments', () => {
    expect(problems(nested(13).replace('{ inner ', '{ ... on Thing { inner ').concat(' }'))).toHaveLength(1);
  });

  it('lets the usual introspection through', () => {
    const typeRef = `{ kind ${'ofType { kind '.repeat(9)}${'} '.repeat(9)}}`;
    expect(problems(`{ __schema { types { fields { type ${typeRef} } } } }`)).toEqual([]);
  });
});

describe('aliases', () => {
  const aliased = (count: number) => `{ thing { ${times(count, (index) => `a${index}: id`)} } }`;

  it('allows 30', () => {
    expect(problems(aliased(30))).toEqual([]);
  });

  it('refuses 31 with one error', () => {
    expect(problems(aliased(31))).toEqual(['At most 30 aliases are allowed.']);
    expect(problems(aliased(60))).toEqual(['At most 30 aliases are allowed.']);
  });

  it('counts aliases of __typename', () => {
    expect(
      problems(
        `{ ${times(16, (index) => `a${index}: __typename`)} thing { ${times(15, (index) => `b${index}: __typename`)} } }`,
      ),
    ).toEqual(['At most 30 aliases are allowed.']);
  });
});

describe('tokens', () => {
  /** Braces and `thing` are five. */
  const long = (tokens: number) => `{ thing { ${'id '.repeat(tokens - 5)} } }`;

  it('allows 2,000', () => {
    expect(parse(long(2_000), parseOptions).kind).toBe('Document');
  });

  it('refuses 2,001 as a syntax error', () => {
    expect(() => parse(long(2_001), parseOptions)).toThrow(
      'Syntax Error: Document contains more that 2000 tokens. Parsing aborted.',
    );
  });
});

describe('root fields', () => {
  it('allows 20', () => {
    expect(problems(`{ ${times(20, (index) => `a${index}: thing { id }`)} }`)).toEqual([]);
  });

  it('refuses 21, also where they would merge', () => {
    expect(problems(`{ ${'thing { id } '.repeat(21)} }`)).toEqual([
      'This asks for 21 root fields; at most 20 are allowed.',
    ]);
  });

  it('counts those of fragments each time they are spread', () => {
    const fragment = 'fragment Four on Query { a: thing { id } b: thing { id } c: thing { id } d: thing { id } }';
    expect(problems(`{ ${'...Four '.repeat(5)} } ${fragment}`)).toEqual([]);
    expect(problems(`{ ${'...Four '.repeat(5)} thing { id } } ${fragment}`)).toHaveLength(1);
  });
});

describe('rows', () => {
  it('allows 10,000: 99 pages of 100 inside one of 100', () => {
    expect(problems('{ things(first: 100) { nodes { things(last: 99) { nodes { id } } } } }')).toEqual([]);
  });

  it('refuses a page more', () => {
    expect(problems('{ things(first: 100) { nodes { things(first: 100) { nodes { id } } } } }')).toEqual([
      'This may give 10,100 rows; at most 10,000 are allowed. Ask for smaller pages.',
    ]);
  });

  it('assumes 20 rows where no size is given', () => {
    const three = '{ things { nodes { things { nodes { things(first: 23) { nodes { id } } } } } } }';
    expect(problems(three)).toEqual([]);
    expect(problems(three.replace('23', '24'))).toEqual([
      'This may give 10,020 rows; at most 10,000 are allowed. Ask for smaller pages.',
    ]);
  });

  it('assumes the largest page for a variable, whatever its default', () => {
    const query = (size: string) =>
      `query($n: Int = 1) { things(first: $n) { nodes { things(first: ${size}) { nodes { id } } } } }`;
    expect(problems(query('99'))).toEqual([]);
    expect(problems(query('$n'))).toHaveLength(1);
  });

  it('counts edges and nodes of one page each', () => {
    const both = (size: number) =>
      `{ things(first: 100) { nodes { things(first: ${size}) { totalCount } } edges { node { things(first: ${size}) { totalCount } } } } }`;
    expect(problems(both(49))).toEqual([]);
    expect(problems(both(50))).toHaveLength(1);
  });

  it('counts a list without pages as ten rows, and a list of strings as none', () => {
    expect(problems('{ things(first: 90) { nodes { parts { parts { id } tags } } } }')).toEqual([]);
    expect(problems('{ things(first: 91) { nodes { parts { parts { id } tags } } } }')).toHaveLength(1);
  });

  it('never counts less for an invalid size, however it is written', () => {
    const four = (size: string) =>
      `things(first: ${size}) { nodes { things(first: 100) { nodes { things(first: 100) { nodes { id } } } } } }`;
    const refused = (document: string) => expect(problems(document).join()).toMatch(/This may give [\d,]+ rows/);
    for (const size of ['-100', '-1', '0', '-2147483648', '101', '2147483647', '$n'])
      refused(`query${size === '$n' ? '($n: Int = -100)' : ''} { a: ${four('100')} b: ${four(size)} }`);
    refused(`{ a: ${four('100')} b: ${four('-100').replace(') {', ') @skip(if: true) {')} }`);
    expect(problems('{ things(first: -1) { nodes { id } } }')).toEqual([]);
  });

  it('does not count what a literal condition excludes, and counts in full what a variable may exclude', () => {
    const page = 'things(first: 100) { nodes { things(first: 100) { nodes { id } } } }';
    expect(problems(`{ ${page.replace(' {', ' @skip(if: true) {')} }`)).toEqual([]);
    expect(problems(`{ ... @include(if: false) { ${page} } }`)).toEqual([]);
    expect(problems(`{ ${page.replace(' {', ' @skip(if: false) @include(if: true) {')} }`)).toHaveLength(1);
    expect(problems(`query($no: Boolean!) { ${page.replace(' {', ' @include(if: $no) {')} }`)).toHaveLength(1);
  });

  it('uses the default of the argument as the size of a page', () => {
    const text = 'type Query { things(first: Int! = 50): [Thing!]! } type Thing { things(first: Int = 30): [Thing!]! }';
    const rules = [nodeRule(1_500)];
    const document = (size: string) => parse(`{ things { things { things${size} { __typename } } } }`);
    const found = validate(buildSchema(text), document('(first: 1)'), rules);
    expect(found.map(({ message }) => message)).toEqual([
      'This may give 3,050 rows; at most 1,500 are allowed. Ask for smaller pages.',
    ]);
  });

  it('stays a safe number however many pages are inside each other', () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'id' : `things(first: 100) { nodes { ${deep(levels - 1)} } }`;
    expect(problems(`{ ${deep(150)} }`)).toContain(
      'This may give 9,007,199,254,740,991 rows; at most 10,000 are allowed. Ask for smaller pages.',
    );
  });

  it('counts a page inside a fragment for every place where it is spread', () => {
    const fragment = 'fragment Page on Thing { things(first: 50) { nodes { id } } }';
    expect(problems(`{ things(first: 100) { nodes { ...Page inner { id } } } } ${fragment}`)).toEqual([]);
    expect(problems(`{ things(first: 100) { nodes { ...Page inner { ...Page } } } } ${fragment}`)).toHaveLength(1);
  });
});

describe('fields that hash a password', () => {
  const accounts = buildSchema('type Query { login: Int } type Mutation { login: Int register: Int logout: Int }');
  const inAccounts = (document: string) =>
    validate(accounts, parse(document), [...specifiedRules, ...validationRules]).map(({ message }) => message);
  const refusal = [
    'Only one of the fields register, login, changePassword, resetPassword, changeEmail, deleteAccount is allowed in an operation.',
  ];

  it('are allowed once in an operation, beside others', () => {
    expect(inAccounts('mutation { login a: logout b: logout }')).toEqual([]);
    expect(inAccounts('mutation A { login } mutation B { login }')).toEqual([]);
    expect(inAccounts('{ a: login b: login }')).toEqual([]);
  });

  it.each([
    ['under aliases', 'mutation { a: login b: login }'],
    ['one of each', 'mutation { login register }'],
    ['in fragments', 'mutation { ...A } fragment A on Mutation { a: login ... { b: login } }'],
    ['in a fragment that is spread twice', 'mutation { ...A ...A } fragment A on Mutation { login }'],
  ])('are refused %s', (_where, document) => {
    expect(inAccounts(document)).toEqual(refusal);
  });
});

describe('hostile documents', () => {
  it('measures fragments that double each other quickly', () => {
    const doubling = times(
      60,
      (index) => `fragment F${index} on Thing { x: inner { ...F${index + 1} } y: inner { ...F${index + 1} } }`,
    );
    const started = performance.now();
    expect(problems(`{ thing { ...F0 } } ${doubling} fragment F60 on Thing { id }`).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('terminates on fragments that contain themselves', () => {
    expect(
      problems('{ thing { ...A } } fragment A on Thing { inner { ...B } } fragment B on Thing { inner { ...A } }'),
    ).toEqual(['Cannot spread fragment "A" within itself via "B".']);
  });

  it('leaves unknown fields and fragments to the rules of GraphQL', () => {
    expect(
      problems('{ nothing { ...Nowhere } thing { ... on Unknown { id } id } }').every(
        (message) => message.startsWith('Unknown') || message.startsWith('Cannot query'),
      ),
    ).toBe(true);
  });
});

it('has the documented numbers', () => {
  expect(limits).toEqual({
    tokens: 2_000,
    depth: 12,
    aliases: 30,
    fragments: 50,
    repeatedFields: 100,
    rootFields: 20,
    nodes: 10_000,
  });
});
