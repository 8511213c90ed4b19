import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { type GraphQLInputType, getNamedType, getNullableType, isEnumType, isListType } from 'graphql';
import { beforeEach, expect, it } from 'vitest';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { isText } from '../../src/schema/limits/input-bounds.ts';
import {
  type Form,
  type InputPath,
  inputPaths,
  type Operation,
  operationAt,
  withoutVariables,
} from '../helpers/input-paths.ts';
import { operationBatches } from '../helpers/operation-batches.ts';
import { streamTransport } from '../helpers/transports.ts';
import { appBothWays } from '../server/both-ways.ts';
import { ODD_NUMBERS, ODD_OTHERS, ODD_TEXTS, UNWRITABLE } from './odd-values.ts';

/** Runs for each argument and input field, with the fast path and again without it; more find rarer faults: FUZZ_RUNS=300. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1);

const schema = buildAppSchema();
const places = inputPaths(schema);

/** The maximum number of root fields of one operation. */
const AT_ONCE = 20;

/** As many as one operation may have, and in all groups equally many: their operations have one document. */
const TEXT_GROUPS = groupsOf(ODD_TEXTS, AT_ONCE);

/** Groups of one size, at most `most`; the last one may repeat the first texts. */
function groupsOf(texts: readonly string[], most: number): string[][] {
  const count = Math.ceil(texts.length / most);
  const size = Math.ceil(texts.length / count);
  const filled = [...texts, ...texts.slice(0, count * size - texts.length)];
  return Array.from({ length: count }, (_, at) => filled.slice(at * size, (at + 1) * size));
}

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);
const anything = fc.oneof(anyText, fc.constantFrom(...ODD_NUMBERS), fc.constantFrom(...ODD_OTHERS));

/** Mostly values of the right type, which are processed further. */
function oddValue(type: GraphQLInputType): fc.Arbitrary<unknown> {
  const nullable = getNullableType(type);
  if (isListType(nullable))
    return fc.oneof(
      { weight: 4, arbitrary: fc.array(oddValue(nullable.ofType), { maxLength: 5 }) },
      { weight: 1, arbitrary: anything },
    );
  return fc.oneof({ weight: 4, arbitrary: ofType(nullable) }, { weight: 1, arbitrary: anything });
}

function ofType(type: GraphQLInputType): fc.Arbitrary<unknown> {
  const named = getNamedType(type);
  if (isEnumType(named)) return fc.constantFrom(...named.getValues().map(({ name }) => name), 'NONE', '');
  if (named.name === 'Int' || named.name === 'Float')
    return fc.oneof(fc.constantFrom(...ODD_NUMBERS), fc.double(), fc.integer());
  return named.name === 'Boolean' ? fc.boolean() : anyText;
}

interface Answer {
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null;
}

function named(place: InputPath): [string, InputPath] {
  return [`${place.operation} ${place.fields.join('.')} ${place.path.join('.')}`, place];
}

const tokens = new Map<string, string | null>([['guest', null]]);
const { describeBoth, app } = appBothWays({
  prepare: async (started, isFirst) => {
    if (!isFirst) return;
    tokens.set('creator', (await started.signedIn('ann', 'CREATOR')).token);
    tokens.set('admin', (await started.signedIn('root', 'SUPER_ADMIN')).token);
    // The free plan's 50 videos a day are used up by the first texts; later ones would be refused before they are read or written.
    await started.installation.db.sql().updateTable('user_subscriptions').set({ plan: 'PREMIUM' }).execute();
  },
});

/** Log lines before this test. */
let begun = 0;
beforeEach(() => {
  begun = app().log.length;
});

async function post(body: string, token: string | null): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${app().url}/graphql`, { method: 'POST', headers, body });
  return await response.json();
}

function written(text: string): string {
  return Object.entries(UNWRITABLE).reduce((all, [from, to]) => all.replaceAll(from, to), text);
}

async function send({ query, variables }: Operation, who: string, place: InputPath): Promise<unknown> {
  const token = tokens.get(who) ?? null;
  const operation = { query: written(query), variables };
  if (place.operation === 'subscription') return await streamTransport(app().url, token).send(operation);
  return await post(
    `{"query":${JSON.stringify(operation.query)},"variables":${written(JSON.stringify(variables))}}`,
    token,
  );
}

/** Faults that no client may cause. */
function refuseFaults(answer: unknown): void {
  if (!isAnswer(answer)) throw new TypeError('That is no answer.');
  const faults = (answer.errors ?? []).filter(({ extensions }) => !CLIENT_CODES.has(extensions?.code));
  expect(faults).toEqual([]);
  const lines = app().log.slice(begun);
  // There is no worker, which raises an alert after a while.
  const ofRequests = lines.filter((line) => !('alert_priority' in line));
  expect(ofRequests.filter(({ level }) => level === 'ERROR' || level === 'CRITICAL')).toEqual([]);
}

const textPlaces = places.filter(({ type, operation }) => isText(type) && operation !== 'subscription');

/** The operations of each group of texts, from the first on the same documents. */
function textOperations(place: InputPath): Operation[][] {
  const isList = isListType(getNullableType(place.type));
  return TEXT_GROUPS.map((group) => {
    const values = group.map((text) => ({ place, value: isList ? [text] : text }));
    return operationBatches(schema, values, { form: 'variable' }).map(({ operation }) => operation);
  });
}

describeBoth('Odd input', (fastPath) => {
  it.each(textPlaces.map((place, index) => [...named(place), index] as const))(
    'that is a text is never a fault of the server: %s',
    async (_name, place, index) => {
      const groups = textOperations(place);
      // The fast path answers documents from their third use on. A guest's are mostly refused, which costs little.
      const [first] = groups.flat();
      if (fastPath && first)
        for (let use = 1; use <= 2; use++) refuseFaults(await send(withoutVariables(first), 'guest', place));
      // Without it the same resolvers get the same texts: one group for each place, another for the next.
      const sent = fastPath ? groups : groups.slice(index % groups.length).slice(0, 1);
      for (const operation of sent.flat()) refuseFaults(await send(operation, 'admin', place));
    },
  );

  it.each(places.map(named))('of any kind is never a fault of the server: %s', async (_name, place) => {
    const who = fc.constantFrom('guest', 'creator', 'admin', 'admin');
    const form = fc.constantFrom<Form>('variable', 'variable', 'literal', 'default');
    await fc.assert(
      fc.asyncProperty(oddValue(place.type), form, who, async (value, how, sender) => {
        refuseFaults(await send(operationAt(schema, place, value, how), sender, place));
      }),
      { numRuns: RUNS, seed: fastPath ? 11 : 12, endOnFailure: true },
    );
  });

  it('of persisted queries gets Apollo’s own errors', async () => {
    const sha256Hash = 'ab'.repeat(32);
    const persisted = async (persistedQuery: object, query?: string) => {
      const answer = await post(JSON.stringify({ query, extensions: { persistedQuery } }), null);
      refuseFaults(answer);
      return isAnswer(answer) ? answer.errors?.map(({ message }) => message) : [];
    };
    const query = '{ health { status } }';
    expect(await persisted({ version: 1, sha256Hash }, query)).toEqual(['provided sha does not match query']);
    expect(await persisted({ version: 2, sha256Hash }, query)).toEqual(['Unsupported persisted query version']);
    expect(await persisted({ version: 2, sha256Hash })).toEqual(['Unsupported persisted query version']);
  });

  it('of a client that resets its connection is no error in the log', async () => {
    const url = new URL(app().url);
    const body = JSON.stringify({ query: '{ health { status } }' });
    for (const sent of partsOfRequests(body)) {
      const socket = connect(Number(url.port), url.hostname);
      await once(socket, 'connect');
      await new Promise<void>((resolve) => socket.write(sent, 'latin1', () => resolve()));
      socket.resetAndDestroy();
      await once(socket, 'close');
    }
    // Errors after a reset are in the log before the answers to later requests.
    for (let time = 0; time < 5; time++) refuseFaults(await post(body, null));
  });
});

/** Requests that end before, within and after their body, and a socket that ends within a frame. */
function partsOfRequests(body: string): string[] {
  const head = (path: string, length: number) =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
  const upgrade = [
    'GET /graphql HTTP/1.1',
    'Host: x',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '\r\n',
  ].join('\r\n');
  const posts = ['/graphql', '/graphql/stream'].flatMap((path) => [
    head(path, 1_000),
    head(path, 1_000) + body,
    head(path, body.length) + body,
  ]);
  return ['\r\n', 'POST', ...posts, upgrade, `${upgrade}\x81\xfe`];
}

const CLIENT_CODES: ReadonlySet<unknown> = new Set([
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'CURSOR_EXPIRED',
]);
