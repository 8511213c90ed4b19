import { createHash } from 'node:crypto';
import { z } from 'zod';
import { encodeId } from '../../src/ids.ts';
import { freshTokens } from './dataset.ts';
import type { Side } from './sides.ts';
import { type GraphqlOperation, NAMES, type SideName, type Workload } from './workloads.ts';

export function operationFor({ operation, operationOf }: Workload, side: SideName): GraphqlOperation {
  return operationOf?.[side] ?? operation;
}

/** Throws if a side's answer differs from the first side's in any byte; returns a description of the answer. */
export async function assertSameAnswers(work: Workload, sides: readonly Side[]): Promise<string> {
  const answers = new Map<SideName, string>();
  for (const side of sides) answers.set(side.name, await answerOf(side, operationFor(work, side.name)));
  const [first = ''] = answers.values();
  for (const [name, answer] of answers) {
    const same = work.operationOf?.[name]
      ? hashOfRows(answer) === hashOfRows(first)
      : withoutGeneratedValues(answer) === withoutGeneratedValues(first);
    if (!same) throw new Error(`${NAMES[name]} gives a wrong answer:\n${answer}\ninstead of\n${first}`);
  }
  return first;
}

async function answerOf({ url, name }: Side, operation: GraphqlOperation): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${freshTokens()[0]}` },
    body: JSON.stringify(operation),
  });
  const text = (await response.text()).trimEnd();
  const { data, errors } = answerSchema.parse(JSON.parse(text));
  if (!response.ok || errors || !data) throw new Error(`${NAMES[name]} refuses: ${response.status} ${text}`);
  return text;
}

const answerSchema = z.object({ data: z.record(z.string(), z.unknown()).nullish(), errors: z.unknown().optional() });

/** Without generated values: the id of a video, and its time. */
function withoutGeneratedValues(answer: string): string {
  if (!answer.startsWith('{"data":{"createVideo":')) return answer;
  return answer.replace(/"video_[0-9a-v]{26}"/, '"an id"').replace(/"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z"/, '"a time"');
}

const ours = z.object({ id: z.string(), title: z.string(), owner: z.object({ username: z.string() }) });
const postgraphile = z.object({
  rowId: z.uuid(),
  title: z.string(),
  userByOwnerId: z.object({ username: z.string() }),
});
const nodes = <T extends z.ZodType>(node: T) => z.object({ nodes: z.array(node).length(20) });
const rows = z.object({
  data: z.union([z.object({ videos: nodes(ours) }), z.object({ allVideos: nodes(postgraphile) })]),
});

/** SHA-256 of ids, titles and names of owners, whatever the names of their fields. */
function hashOfRows(answer: string): string {
  const { data } = rows.parse(JSON.parse(answer));
  const facts =
    'videos' in data
      ? data.videos.nodes.map(({ id, title, owner }) => [id, title, owner.username])
      : data.allVideos.nodes.map(({ rowId, title, userByOwnerId }) => [
          encodeId('video', rowId),
          title,
          userByOwnerId.username,
        ]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
