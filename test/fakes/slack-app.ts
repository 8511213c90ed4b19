import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type FakeHandler, FakeService } from './fake-service.ts';

export const SIGNING_SECRET = '8f742231b10e8888abcd990000000005';
export const BOT_TOKEN = 'xoxb-17653672481-19874698323-secretOfBot';

/** The answer to a command, and what is posted to its response_url. */
export const slackAnswer = z.strictObject({
  response_type: z.literal('ephemeral'),
  /** & < > begin markup and mentions where they are not escaped. */
  text: z
    .string()
    .max(40_000)
    .regex(/^(?:[^<>&]|&(?:amp|lt|gt);)+$/),
});

export interface SlackCommandOptions {
  readonly text?: string;
  readonly triggerId?: string;
  readonly responseUrl?: string;
  /** Seconds since 1970. */
  readonly timestamp?: number;
  readonly secret?: string;
  /** Is sent instead of what was signed. */
  readonly body?: string;
}

/** Slack with one app that is installed: the Web API, response addresses, and commands that it sends. */
export class FakeSlack {
  readonly service: FakeService;
  /** The texts that were taken, by response address. */
  readonly answers = new Map<string, string[]>();
  botToken = BOT_TOKEN;

  private constructor(service: FakeService) {
    this.service = service;
  }

  static async start(): Promise<FakeSlack> {
    const slack = new FakeSlack(await FakeService.start(() => ({ status: 500 })));
    slack.service.handleWith((request) => slack.#handle(request));
    return slack;
  }

  get url(): string {
    return this.service.url;
  }

  get settings() {
    return {
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_COMMAND_USER: 'slack@example.org',
      SLACK_BASE_URL: this.url,
      PUBLIC_URL: 'https://video.example.org',
    };
  }

  /** https://docs.slack.dev/interactivity/implementing-slash-commands: a form, signed as every request of Slack. */
  async command(appUrl: string, options: SlackCommandOptions = {}): Promise<Response> {
    const { timestamp, signature, body } = this.signed(options);
    return await fetch(`${appUrl}/slack/commands`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature,
      },
      body: options.body ?? body,
    });
  }

  signed(options: SlackCommandOptions = {}) {
    const { text = '', triggerId = randomUUID(), secret = SIGNING_SECRET } = options;
    const timestamp = options.timestamp ?? Math.floor(Date.now() / 1_000);
    const body = new URLSearchParams({
      token: 'gIkuvaNzQIHg97ATvDxqgjtO',
      team_id: 'T0001',
      team_domain: 'example',
      channel_id: 'C2147483705',
      user_id: 'U2147483697',
      command: '/video',
      // Slack escapes these three, and nothing else.
      text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      response_url: options.responseUrl ?? this.responseUrl(triggerId),
      trigger_id: triggerId,
    }).toString();
    const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    return { timestamp: String(timestamp), signature: `v0=${mac}`, body };
  }

  responseUrl(triggerId: string): string {
    return `${this.url}/commands/T0001/${triggerId}/secretOfUrl`;
  }

  answersTo(triggerId: string): readonly string[] {
    return this.answers.get(`/commands/T0001/${triggerId}/secretOfUrl`) ?? [];
  }

  #handle({ method, path, headers, json }: Parameters<FakeHandler>[0]) {
    if (method !== 'POST') return { status: 405, body: 'invalid_method' };
    if (path === '/api/auth.test') {
      const isKnown = headers['authorization'] === `Bearer ${this.botToken}`;
      return { body: isKnown ? { ok: true, team_id: 'T0001', bot_id: 'B0001' } : { ok: false, error: 'invalid_auth' } };
    }
    if (!path.startsWith('/commands/')) return { status: 404, body: 'no_service' };
    const taken = this.answers.get(path) ?? [];
    if (taken.length >= 5) return { status: 404, body: 'used_url' };
    const answer = headers['content-type']?.startsWith('application/json')
      ? slackAnswer.safeParse(json()).data
      : undefined;
    if (answer === undefined) return { status: 400, body: 'invalid_payload' };
    this.answers.set(path, [...taken, answer.text]);
    return { body: 'ok' };
  }
}
