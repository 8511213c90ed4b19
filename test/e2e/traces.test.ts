import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeId } from '../../src/ids.ts';
import { type CollectedSpan, OtlpCollector } from '../fakes/otlp-collector.ts';
import { TestApp } from '../helpers/app.ts';
import type { Client } from '../helpers/client.ts';
import { until } from '../helpers/until.ts';

const TRACE = 'a1'.repeat(16);
const CALLER = 'b2'.repeat(8);
const CREATE = `mutation ($input: CreateVideoInput!) {
  createVideo(input: $input) { video { id } userErrors { message } }
}`;
const created = z.object({ data: z.object({ createVideo: z.object({ video: z.object({ id: z.string() }) }) }) });
const STAGES = ['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'];

let collector: OtlpCollector;
let app: TestApp;
let ann: Client;
beforeAll(async () => {
  collector = await OtlpCollector.start({ 'x-team': 'films' });
  app = await TestApp.start({
    // A lease that is lost on a busy machine would be a second attempt, with spans of its own.
    settings: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'X-Team=films',
      LEASE_SECONDS: '60',
    },
  });
  ann = await app.signedIn('ann');
}, 60_000);
afterAll(async () => {
  await app?.close();
  await collector?.close();
});

/** Creates a video as a client does that traces its own requests. */
async function createTraced(input: object) {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${ann.token}`,
      traceparent: `00-${TRACE}-${CALLER}-01`,
    },
    body: JSON.stringify({ query: CREATE, variables: { input } }),
  });
  expect(response.headers.get('x-trace-id')).toBe(TRACE);
  return created.parse(await response.json()).data.createVideo.video.id;
}

const spansNamed = (name: string) => collector.spans.filter((span) => span.name === name && span.traceId === TRACE);
const onlySpan = (name: string): CollectedSpan => {
  const [span, ...others] = spansNamed(name);
  if (!span || others.length > 0) throw new Error(`There are ${spansNamed(name).length} spans ${name}.`);
  return span;
};

describe('The trace of a video', () => {
  it('leads from the request of the client over the job and its stages to the calls of providers', async () => {
    const id = await createTraced({ scenes: [{ narration: 'The hive wakes up.' }] });
    await until('the span of the job arrives', () => spansNamed('make video').length > 0);
    const request = onlySpan('graphql mutation');
    expect(request).toMatchObject({ parentSpanId: CALLER, isError: false, attributes: { way: 'apollo' } });
    const job = onlySpan('make video');
    const videoId = decodeId('video', id);
    expect(job).toMatchObject({ parentSpanId: request.spanId, isError: false, attributes: { video_id: videoId } });
    for (const stage of STAGES)
      expect(onlySpan(`stage ${stage}`)).toMatchObject({ parentSpanId: job.spanId, attributes: { status: 'success' } });
    const voice = spansNamed('call local').find(({ attributes }) => attributes['type'] === 'audio');
    const place = { parentSpanId: onlySpan('stage SPEECH').spanId, isError: false };
    expect(voice).toMatchObject({
      ...place,
      attributes: { 'peer.service': 'local', stage: 'SPEECH', status: 'success' },
    });
  }, 120_000);

  it('has the id that the lines of the log have, from the job as well', () => {
    const lines = app.log.filter((line) => line['trace_id'] === TRACE).map((line) => line['message']);
    expect(lines).toEqual(expect.arrayContaining(['making the video', 'the video is ready']));
  });

  it('names no text of a user', () => {
    expect(JSON.stringify(collector.spans)).not.toContain('hive');
  });
});

describe('A span of an operation', () => {
  it('has the code of what went wrong', async () => {
    const query = '{ users { nodes { id } } }';
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${ann.token}` };
    await fetch(`${app.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const refused = () => collector.spans.find(({ name, isError }) => name === 'graphql query' && isError);
    await until('its span arrives', () => refused() !== undefined);
    expect(refused()).toMatchObject({ parentSpanId: undefined, attributes: { 'error.type': 'FORBIDDEN' } });
  }, 60_000);
});
