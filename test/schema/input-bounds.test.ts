import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import {
  boundByType,
  boundOf,
  INPUT_BOUNDS,
  type InputBound,
  isText,
  RAW_FACTOR,
} from '../../src/schema/limits/input-bounds.ts';
import type { TestApp } from '../helpers/app.ts';
import { useApp } from '../helpers/fixtures.ts';
import {
  type Form,
  type InputPath,
  inputPaths,
  operationAt,
  type PlacedValue,
  withoutVariables,
} from '../helpers/input-paths.ts';
import { type OperationBatch, operationBatches } from '../helpers/operation-batches.ts';
import {
  type ClientResult,
  httpTransport,
  socketTransport,
  streamTransport,
  type Transport,
} from '../helpers/transports.ts';
import { appBothWays } from '../server/both-ways.ts';

const schema = buildAppSchema();
const places = inputPaths(schema);
const isList = ({ type }: InputPath) => isListType(getNullableType(type));
const texts = places.filter(({ type }) => isText(type));
const lists = places.filter(isList);

function declared(coordinate: string, type: InputPath['type']): InputBound {
  return { ...boundByType(type), ...INPUT_BOUNDS[coordinate] };
}

const ADVICE = 'add a line for each of these to INPUT_BOUNDS in src/schema/limits/input-bounds.ts';

describe('Every argument and input field', () => {
  it('that is a text has a declared bound', () => {
    const missing = texts.filter(({ coordinate, type }) => !declared(coordinate, type).characters);
    expect(
      missing.map(({ coordinate }) => coordinate),
      ADVICE,
    ).toEqual([]);
    expect(texts.length).toBeGreaterThan(40);
  });

  it('that is a list has a declared bound', () => {
    const missing = lists.filter(({ coordinate, type }) => !declared(coordinate, type).items);
    expect(
      missing.map(({ coordinate }) => coordinate),
      ADVICE,
    ).toEqual([]);
    expect(lists.length).toBeGreaterThan(8);
  });

  it('of one of our own scalar types is bounded by the scalar', () => {
    const scalars = new Set(places.map(({ type }) => getNamedType(type)));
    const own = [...scalars].filter((scalar) => isScalarType(scalar) && !isSpecifiedScalarType(scalar));
    expect(own.length).toBeGreaterThan(0);
    for (const scalar of own) expect(scalar.extensions['characters'], scalar.name).toBeTypeOf('number');
  });

  it('in the table exists', () => {
    expect(Object.keys(INPUT_BOUNDS).filter((one) => !places.some(({ coordinate }) => coordinate === one))).toEqual([]);
  });
});

/** A value for a field, and whether it exceeds the bound of the field. */
interface Trial extends PlacedValue {
  readonly isTooLong: boolean;
}

const trials: Trial[] = [
  ...texts.flatMap((place) => {
    const most = RAW_FACTOR * boundOf(place.coordinate, place.type).characters;
    const wrapped = (text: string) => (isList(place) ? [text] : text);
    return bothSides(place, (length) => wrapped('a'.repeat(length)), most);
  }),
  ...lists.flatMap((place) => {
    const most = RAW_FACTOR * boundOf(place.coordinate, place.type).items;
    return bothSides(place, (length) => Array.from({ length }, () => element(place)), most);
  }),
];

function bothSides(place: InputPath, ofLength: (length: number) => unknown, most: number): Trial[] {
  return [
    { place, value: ofLength(most), isTooLong: false },
    { place, value: ofLength(most + 1), isTooLong: true },
  ];
}

function element({ type }: InputPath): unknown {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  return isInputObjectType(named) ? { narration: 'One.' } : 'a';
}

/** The errors that refuse the input of the root field with this name unread: in userErrors or as an error of the field. */
function refusals({ data, errors = [] }: ClientResult, name: string): string[] {
  const userErrors = payloadErrors(data?.[name]).map(
    ({ code, message, field }) => `${code} ${field?.join('.')}: ${message}`,
  );
  const fieldErrors = errors
    .filter(({ path }) => path?.[0] === name)
    .map(({ message, extensions }) => `${extensions.code} ${message}`);
  return [...userErrors, ...fieldErrors].filter((sentence) => /far more than/.test(sentence));
}

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
}

function payloadErrors(payload: unknown): readonly UserError[] {
  const has = (value: unknown): value is { userErrors: readonly UserError[] } =>
    typeof value === 'object' && value !== null && 'userErrors' in value;
  return has(payload) ? payload.userErrors : [];
}

/** Of one who has a video: arguments of fields of a video are read only where there is one. */
async function tokenOfAdmin(started: TestApp, username: string): Promise<string | null> {
  const admin = await started.signedIn(username, 'SUPER_ADMIN');
  await admin.makeVideo({ script: 'Bees dance.' });
  return admin.token;
}

let token: string | null;
const { describeBoth, app } = appBothWays({
  prepare: async (started, isFirst) => {
    if (isFirst) token = await tokenOfAdmin(started, 'root');
  },
});

type Way = 'HTTP on the fast path' | 'HTTP' | 'WebSocket' | 'event stream';

/** The fast path leaves longer bodies to Apollo, and longer messages close a socket. */
const MAX_BYTES: Partial<Record<Way, number>> = { 'HTTP on the fast path': 65_536, WebSocket: 250_000 };
/** Of several values in one operation where the way takes longer ones. */
const BATCH_BYTES = 250_000;

/** The operations of all trials, those that the way cannot take left out. */
function operationsOf(way: Way, form: Form): OperationBatch<Trial>[] {
  const maxBytes = MAX_BYTES[way];
  const taken = trials.filter(({ place, value }) => {
    if (way.startsWith('HTTP') && place.operation === 'subscription') return false;
    // A document with so many objects exceeds the token limit of a document.
    if (form !== 'variable' && isList(place) && isInputObjectType(getNamedType(place.type))) return false;
    const { length } = JSON.stringify(operationAt(schema, place, value, form));
    return maxBytes === undefined || length <= maxBytes;
  });
  const of = (kind: InputPath['operation']) => taken.filter(({ place }) => place.operation === kind);
  return [
    ...[of('query'), of('mutation')].flatMap((some) =>
      operationBatches(schema, some, { form, maxBytes: maxBytes ?? BATCH_BYTES }),
    ),
    // One has one root field.
    ...of('subscription').flatMap((one) => operationBatches(schema, [one], { form })),
  ];
}

/** Sends every trial, and checks that those that are too long are refused, and no other. */
async function tryAll(way: Way, transport: Transport, form: Form) {
  for (const { operation, values } of operationsOf(way, form)) {
    // It answers documents from their third use on. A guest's are mostly refused, which costs little.
    if (way === 'HTTP on the fast path')
      for (let use = 1; use <= 2; use++) await httpTransport(app().url, null).send(withoutVariables(operation));
    const result = await transport.send(operation);
    for (const [index, { place, isTooLong }] of values.entries()) {
      // An operation that is refused as a whole proves nothing about values at their bounds.
      if (place.operation !== 'subscription') expect(result.data, place.coordinate).toHaveProperty(`a${index}`);
      const found = refusals(result, `a${index}`);
      expect(found, `${place.coordinate} as ${form}`).toHaveLength(isTooLong ? 1 : 0);
      if (isTooLong) expect(found[0]).toMatch(new RegExp(`^(TOO_LONG|BAD_USER_INPUT) .*${place.path.at(-1)}`));
    }
  }
}

describeBoth('Input that is far too long over HTTP', (fastPath) => {
  it.each<Form>(['variable', 'literal', 'default'])(
    'is refused as a %s, and a value at its bound is accepted',
    async (form) => {
      await tryAll(fastPath ? 'HTTP on the fast path' : 'HTTP', httpTransport(app().url, token), form);
    },
  );

  it('of combining marks, whose normalization takes seconds, is refused at its field', async () => {
    const marks = `a${'\u0300'.repeat(50_000)}${'\u0323'.repeat(50_000)}`;
    const guest = httpTransport(app().url, null);
    const query = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code message field } } }';
    const refused = async (input: object) => refusals(await guest.send({ query, variables: { input } }), 'login');
    expect(await refused({ identifier: 'unknown', password: marks })).toEqual([
      'TOO_LONG input.password: This has far more than 200 characters, which is the limit.',
    ]);
    expect(await refused({ identifier: marks, password: 'a' })).toEqual([
      'TOO_LONG input.identifier: This has far more than 254 characters, which is the limit.',
    ]);
  });

  it('is refused only after the check of the permission for the field', async () => {
    const [place] = texts.filter(({ coordinate }) => coordinate === 'CreateVideoInput.title');
    if (!place) throw new Error('There is no title.');
    const { errors } = await httpTransport(app().url, null).send(
      operationAt(schema, place, 'a'.repeat(1_000), 'variable'),
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });
});

describe('Input that is far too long over other transports', () => {
  const other = useApp({ worker: false, generationWaitMs: 1 });

  it.each(['WebSocket', 'event stream'] as const)(
    'is refused over %s, and a value at its bound is accepted',
    async (way) => {
      const ofAdmin = await tokenOfAdmin(other, `root-${way.slice(0, 3)}`);
      const open = way === 'WebSocket' ? socketTransport : streamTransport;
      const transport = await open(other.url, ofAdmin);
      try {
        await tryAll(way, transport, 'variable');
      } finally {
        await transport.close();
      }
    },
  );
});
