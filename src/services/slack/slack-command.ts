import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import type { SlackCommandSettings } from '../../slack-settings.ts';
import { LIMITS } from '../videos/create-video-validation.ts';
import type { CommandAccount } from './command-account.ts';
import { dropReply, expectReply, replyWith } from './slack-reply-store.ts';
import { isSignedBySlack, type SignedRequest } from './slack-signature.ts';
import {
  acceptedText,
  CANNOT_NOW,
  type SlackMessage,
  slackMessage,
  TAKES_LONGER,
  UNUSABLE_ACCOUNT,
  unescaped,
  usageOf,
} from './slack-texts.ts';

/** How a command ended; the label of a metric. */
export type SlackOutcome = 'accepted' | 'refused' | 'help' | 'bad_signature' | 'rate_limited' | 'failed';

/** Runs an operation of this program for a viewer, in the way of every client: with its limits, permissions and counters. */
export type RunFor = (
  viewer: Viewer,
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<{ readonly data?: unknown; readonly errors?: unknown }>;

export interface SlackCommandParts {
  readonly db: Database;
  readonly cipher: FieldCipher;
  readonly settings: Pick<SlackCommandSettings, 'signingSecret' | 'hooksUrl'>;
  readonly account: Pick<CommandAccount, 'viewer'>;
  readonly onOutcome: (outcome: SlackOutcome) => void;
  readonly onFault: (thrown: unknown) => void;
  /** Slack waits for 3 s; 2.2 s by default, because the answer has a way to go. */
  readonly answerWithinMs?: number;
}

const SLACK_PATIENCE_MS = 2_200;

const CREATE_VIDEO = `mutation CreateVideo($input: CreateVideoInput!, $idempotencyKey: String!) {
  createVideo(input: $input, idempotencyKey: $idempotencyKey) {
    video { id title }
    userErrors { message }
  }
}`;

/** https://docs.slack.dev/interactivity/implementing-slash-commands lists the fields; others are of no use here. */
const commandForm = z.object({
  command: z.string().max(100).default('/video'),
  text: z.string().default(''),
  trigger_id: z.string().min(1).max(200),
  response_url: z.string().max(500),
});
type CommandForm = z.infer<typeof commandForm>;

const created = z.object({
  createVideo: z
    .object({
      video: z.object({ id: z.string(), title: z.string() }).nullable(),
      userErrors: z.array(z.object({ message: z.string() })),
    })
    .nullable(),
});
const failures = z
  .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).optional() }))
  .min(1);

interface Ended {
  readonly outcome: SlackOutcome;
  readonly text: string;
}

/** Answers the slash command of Slack. */
export class SlackCommand {
  readonly #parts: SlackCommandParts;

  constructor(parts: SlackCommandParts) {
    this.#parts = parts;
  }

  /** Null for a request that is not Slack's. Resolves within Slack's time; what takes longer is answered later. */
  async answer(request: SignedRequest, run: RunFor): Promise<SlackMessage | null> {
    const { settings, onOutcome, answerWithinMs = SLACK_PATIENCE_MS } = this.#parts;
    if (!isSignedBySlack(request, settings.signingSecret)) {
      onOutcome('bad_signature');
      return null;
    }
    const fields = Object.fromEntries(new URLSearchParams(Buffer.from(request.body).toString('utf8')));
    const form = commandForm.safeParse(fields).data;
    // So that an answer cannot be sent elsewhere, should the secret be known to others. Slack's check of the certificate has no address.
    if (form === undefined || !form.response_url.startsWith(`${settings.hooksUrl}/`))
      return this.#ended({ outcome: 'help', text: usageOf('/video') });
    const text = unescaped(form.text).trim();
    if (text === '' || text.toLowerCase() === 'help')
      return this.#ended({ outcome: 'help', text: usageOf(form.command) });
    const making = this.#make(form, text, run);
    const late = new AbortController();
    const first = await Promise.race([making, sleep(answerWithinMs, null, { signal: late.signal, ref: false })]);
    late.abort();
    if (first !== null) return this.#ended(first);
    void this.#answerLate(form, making);
    return slackMessage(TAKES_LONGER);
  }

  #ended({ outcome, text }: Ended): SlackMessage {
    this.#parts.onOutcome(outcome);
    return slackMessage(text);
  }

  /** Never rejects. */
  async #make(form: CommandForm, text: string, run: RunFor): Promise<Ended> {
    const { db, cipher, account, onFault } = this.#parts;
    try {
      const viewer = await account.viewer();
      if (viewer === null || !viewer.permissions.has('VIDEO_CREATE'))
        return { outcome: 'refused', text: UNUSABLE_ACCOUNT };
      const key = { userId: viewer.userId, requestKey: keyOf(form) };
      await expectReply(db.sql(), cipher, key, form.response_url);
      const ended = endOf(await run(viewer, CREATE_VIDEO, { input: inputOf(text), idempotencyKey: key.requestKey }));
      if (ended.outcome !== 'accepted') await dropReply(db.sql(), key);
      return ended;
    } catch (thrown) {
      onFault(thrown);
      return { outcome: 'failed', text: CANNOT_NOW };
    }
  }

  /** Slack has been answered: what was refused is said later, as what became of an accepted video is. */
  async #answerLate(form: CommandForm, making: Promise<Ended>): Promise<void> {
    const { db, cipher, account, onOutcome, onFault } = this.#parts;
    const { outcome, text } = await making;
    onOutcome(outcome);
    if (outcome === 'accepted') return;
    try {
      const viewer = await account.viewer();
      if (viewer === null) return;
      const key = { userId: viewer.userId, requestKey: keyOf(form) };
      await expectReply(db.sql(), cipher, key, form.response_url);
      await replyWith(db.sql(), key, text);
    } catch (thrown) {
      onFault(thrown);
    }
  }
}

/** The id belongs to one use of the command: a repeated request makes no second video. */
function keyOf({ trigger_id }: CommandForm): string {
  return `slack:${trigger_id}`;
}

/** One line is a topic, as long as a topic may be; everything else is an article. */
function inputOf(text: string): { readonly topic: string } | { readonly article: string } {
  const isTopic = !text.includes('\n') && Array.from(text).length <= LIMITS.topic;
  return isTopic ? { topic: text } : { article: text };
}

function endOf({ data, errors }: Awaited<ReturnType<RunFor>>): Ended {
  const failed = failures.safeParse(errors).data;
  if (failed !== undefined) {
    const code = failed[0]?.extensions?.code;
    const text = `Nothing was made: ${failed.map(({ message }) => message).join(' ')}`;
    if (code === 'RATE_LIMITED') return { outcome: 'rate_limited', text };
    return code === 'FORBIDDEN' || code === 'BAD_USER_INPUT'
      ? { outcome: 'refused', text }
      : { outcome: 'failed', text: CANNOT_NOW };
  }
  const answer = created.parse(data).createVideo;
  if (answer?.video) return { outcome: 'accepted', text: acceptedText(answer.video.title, answer.video.id) };
  const reasons = answer?.userErrors.map(({ message }) => message).join('\n') ?? '';
  return { outcome: 'refused', text: `Nothing was made: ${reasons}` };
}
