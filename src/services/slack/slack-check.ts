import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import type { SlackCommandSettings } from '../../slack-settings.ts';
import type { CommandAccount } from './command-account.ts';
import { addRefusals, keepCheck, recordCheck } from './slack-facts-store.ts';

export interface SlackCheckParts {
  readonly db: Database;
  readonly settings: Pick<SlackCommandSettings, 'botToken' | 'apiUrl'>;
  readonly account: Pick<CommandAccount, 'viewer'>;
  /** Before the second and the third attempt at a Slack that is silent; 5 s by default. */
  readonly pauseMs?: number;
  /** 10 s by default. */
  readonly timeoutMs?: number;
}

const ATTEMPTS = 3;
const PAUSE_MS = 5_000;
const TIMEOUT_MS = 10_000;

const authTest = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.string().regex(/^[a-z_]{1,60}$/) }),
]);

/** What one attempt found: null where all is well. */
type Found = { readonly failure: string | null; readonly isFinal: boolean } | 'rate limited';

/** Finds out whether commands can be answered: the account may make videos, and Slack knows the app. */
export class SlackCheck {
  readonly #parts: SlackCheckParts;

  constructor(parts: SlackCheckParts) {
    this.#parts = parts;
  }

  async check(signal: AbortSignal): Promise<void> {
    const rows = this.#parts.db.sql();
    const failure = (await this.#accountFailure()) ?? (await this.#slackFailure(signal));
    signal.throwIfAborted();
    if (failure !== 'rate limited') return await recordCheck(rows, failure);
    await addRefusals(rows, 'rate_limited', 1);
    await keepCheck(rows);
  }

  async #accountFailure(): Promise<string | null> {
    const viewer = await this.#parts.account.viewer();
    if (viewer === null) return 'the account of SLACK_COMMAND_USER does not exist, or may not sign in.';
    return viewer.permissions.has('VIDEO_CREATE') ? null : 'the account of SLACK_COMMAND_USER may not create videos.';
  }

  async #slackFailure(signal: AbortSignal): Promise<string | null | 'rate limited'> {
    for (let attempt = 1; ; attempt++) {
      const found = await this.#ask(signal);
      if (found === 'rate limited') return found;
      if (found.isFinal || attempt === ATTEMPTS) return found.failure;
      await sleep(this.#parts.pauseMs ?? PAUSE_MS, undefined, { signal });
    }
  }

  /** https://docs.slack.dev/reference/methods/auth.test; 429 as in https://docs.slack.dev/apis/web-api/rate-limits. */
  async #ask(signal: AbortSignal): Promise<Found> {
    const { settings, timeoutMs = TIMEOUT_MS } = this.#parts;
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(`${settings.apiUrl}/api/auth.test`, {
        method: 'POST',
        headers: { authorization: `Bearer ${settings.botToken}`, 'content-type': 'application/x-www-form-urlencoded' },
        redirect: 'manual',
        signal: AbortSignal.any([signal, timeout]),
      });
      if (response.status === 429) {
        await response.body?.cancel();
        return 'rate limited';
      }
      const answer = authTest.safeParse(await response.json().catch(() => undefined)).data;
      if (answer === undefined) return { failure: `Slack answered ${response.status}.`, isFinal: false };
      if (answer.ok) return { failure: null, isFinal: true };
      return { failure: `Slack does not accept SLACK_BOT_TOKEN (${answer.error}).`, isFinal: true };
    } catch {
      signal.throwIfAborted();
      // No cause: nothing that was sent may reach a log.
      const how = timeout.aborted ? `did not answer within ${timeoutMs / 1_000} s` : 'cannot be reached';
      return { failure: `Slack ${how}.`, isFinal: false };
    }
  }
}
