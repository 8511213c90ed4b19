import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FieldCipher } from '../../../src/auth/secrets.ts';
import type { Permission, Viewer } from '../../../src/auth/viewer.ts';
import { slackCheckOf } from '../../../src/composition/slack.ts';
import { loadConfig } from '../../../src/config.ts';
import { SlackCheck } from '../../../src/services/slack/slack-check.ts';
import { SlackCommand, type SlackOutcome } from '../../../src/services/slack/slack-command.ts';
import { readSlackFacts } from '../../../src/services/slack/slack-facts-store.ts';
import { expectReply, takeReplies } from '../../../src/services/slack/slack-reply-store.ts';
import { TAKES_LONGER } from '../../../src/services/slack/slack-texts.ts';
import { BOT_TOKEN, FakeSlack, SIGNING_SECRET, type SlackCommandOptions, slackAnswer } from '../../fakes/slack-app.ts';
import { useApp } from '../../helpers/fixtures.ts';
import { fakeProviders } from '../../helpers/media/fake-providers.ts';
import { until } from '../../helpers/until.ts';

let slack: FakeSlack;
beforeAll(async () => {
  slack = await FakeSlack.start();
  return () => slack.service.close();
});
/** About eighteen commands at once, and no more. */
const COSTS = { GRAPHQL_COST_LIMIT: '2000', GRAPHQL_COST_PER_SECOND: '1' };
const app = useApp(() => ({
  worker: false,
  contentProviders: fakeProviders(),
  settings: { ...slack.settings, ...COSTS, OPS_TOKEN: 'a-token-of-operators-that-is-long-enough' },
  alertTimes: { everyMs: 300, recheckMs: 100, goodMs: 300 },
}));
beforeAll(async () => {
  await app.signedIn('slack');
});
beforeEach(() => {
  slack.service.requests.length = 0;
});

function viewer(userId: string): Viewer {
  const facts = { username: 'slack', roles: ['CREATOR'], sessionId: userId, tokenExpiresAt: new Date() } as const;
  return { userId, ...facts, permissions: new Set<Permission>(['VIDEO_CREATE']) };
}
const db = () => app.installation.db;
const rows = async <Row extends object>(statement: string) => await db().em().execute<Row[]>(statement);
const send = (options: SlackCommandOptions = {}) => slack.command(app.url, options);
async function said(options: SlackCommandOptions): Promise<string> {
  const response = await send(options);
  expect(response.status).toBe(200);
  return slackAnswer.parse(await response.json()).text;
}
const videos = () =>
  rows<{ id: string; source: unknown; username: string }>(
    'select v.id, v.source, u.username from videos v join users u on u.id = v.owner_id order by v.id desc',
  );
const waiting = async () =>
  (await rows<{ count: number }>('select count(*)::int as count from slack_replies'))[0]?.count;
const pass = (seconds: number) =>
  rows(`update slack_replies set created_at = created_at - interval '${seconds} s', next_at = now()`);
async function counts(): Promise<Record<string, number>> {
  const headers = { authorization: 'Bearer a-token-of-operators-that-is-long-enough' };
  const text = await (await fetch(`${app.url}/metrics`, { headers })).text();
  const found = text.matchAll(/^slack_commands_total\{outcome="([a-z_]{1,20})"\} (\d{1,9})$/gm);
  return Object.fromEntries([...found].map(([, outcome = '', count]) => [outcome, Number(count)]));
}

describe('A request that Slack did not sign', () => {
  it('is refused, makes nothing, and is counted', async () => {
    const old = Math.floor(Date.now() / 1_000) - 301;
    const refused = [
      await send({ text: 'A topic', secret: '0'.repeat(32) }),
      await send({ text: 'A topic', timestamp: old }),
      await send({ text: 'A topic', timestamp: old + 700 }),
      await send({ text: 'A topic', body: 'text=Another+topic' }),
      await fetch(`${app.url}/slack/commands`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(await refused[0]?.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(await videos()).toEqual([]);
    expect(await counts()).toEqual({ bad_signature: 5 });
  });

  it('is not read where it is longer than any command', async () => {
    expect((await send({ body: 'x'.repeat(400_001) })).status).toBe(413);
  });
});

describe('A command', () => {
  it('without a text, or with help, says how it is used', async () => {
    for (const text of ['', '  ', 'help', 'HELP']) expect(await said({ text })).toContain('/video TOPIC makes');
    expect(await videos()).toEqual([]);
  });

  it('makes a video of a topic for the account, once however often the request comes', async () => {
    const triggerId = randomUUID();
    const texts = await Promise.all([1, 2, 3].map(() => said({ text: 'Salt & <pepper>', triggerId })));
    await until('it is there', async () => (await videos()).length > 0);
    expect(await videos()).toMatchObject([{ username: 'slack', source: { kind: 'topic', text: 'Salt & <pepper>' } }]);
    const [text, ...others] = new Set(texts);
    expect(others).toEqual([]);
    expect(text).toMatch(/^Making ".{1,60}" \(video_[0-9a-v]{26}\)\. The film follows here/);
    expect(await waiting()).toBe(1);
  });

  it('makes a video of an article where there are several lines', async () => {
    await said({ text: 'The first line.\nThe second line, which is no topic.' });
    await until('it is there', async () => (await videos()).length > 1);
    expect((await videos())[0]?.source).toMatchObject({ kind: 'article' });
  });

  it('says what is wrong with its text, and expects no film', async () => {
    const before = await waiting();
    const triggerId = randomUUID();
    const text = await said({ text: `A line.\n${'x'.repeat(100_001)}`, triggerId });
    // A busy machine says it later.
    const isLate = text === TAKES_LONGER;
    if (isLate) await until('Slack has it', () => slack.answersTo(triggerId).length === 1);
    expect(isLate ? slack.answersTo(triggerId)[0] : text).toMatch(/^Nothing was made: .*100,000/);
    await until('no answer waits', async () => (await waiting()) === before);
  });

  it('posts nothing to an address that is not of Slack', async () => {
    const responseUrl = 'https://hooks.slack.com.example.org/commands/1';
    expect(await said({ text: 'A topic', responseUrl })).toContain('/video TOPIC makes');
  });

  it('is counted by what came of it, and as an operation of its way', async () => {
    expect(await counts()).toEqual({ bad_signature: 5, help: 5, accepted: 4, refused: 1 });
  });

  it('says so where the account may not sign in any more', async () => {
    await rows("update users set is_active = false where username = 'slack'");
    expect(await said({ text: 'A topic' })).toContain('the account of SLACK_COMMAND_USER');
    await rows("update users set is_active = true where username = 'slack'");
  });
});

describe('What became of the video', () => {
  const end = (set: string) => rows(`update videos set ${set}`);

  it('is posted once, again where Slack has failed, with a link to the film', async () => {
    await rows('delete from slack_replies');
    const triggerId = randomUUID();
    await said({ text: 'Salt & <pepper>', triggerId });
    slack.service.replyWith({ status: 503 });
    await end("status = 'COMPLETED', file_key = 'videos/one/film.mp4'");
    await until('Slack has failed', () => slack.service.requests.length === 1);
    expect(slack.answersTo(triggerId)).toEqual([]);
    await pass(0);
    await until('Slack has it', async () => (await waiting()) === 0);
    expect(slack.answersTo(triggerId)).toEqual([
      expect.stringMatching(
        /^".{1,60}" \(video_\w{26}\) is done: https:\/\/video\.example\.org\/files\/videos\/one\/film\.mp4\?/,
      ),
    ]);
    expect(JSON.stringify(app.log)).not.toMatch(/secretOf/);
  });

  it.each([
    [
      'its error',
      `status = 'FAILED', error = '{"code":"X","message":"Out of <paper>.","stage":null,"retriable":false,"at":"","traceId":null}'`,
      /failed: Out of &lt;paper&gt;\.$/,
    ],
    ['that it was canceled', "status = 'CANCELED'", /was canceled\.$/],
    ['that it was deleted', 'deleted_at = now()', /^The video video_\w{26} was deleted\.$/],
  ])('is %s', async (_what, set, expected) => {
    const triggerId = randomUUID();
    await said({ text: 'A topic', triggerId });
    await end(set);
    await pass(61);
    await until('Slack has it', async () => (await waiting()) === 0);
    expect(slack.answersTo(triggerId)).toEqual([expect.stringMatching(expected)]);
  });

  it('is sent by the next process where one was killed while it sent, and not after half an hour', async () => {
    const [slow, expired] = [randomUUID(), randomUUID()];
    await said({ text: 'A topic', triggerId: slow });
    await pass(28 * 60);
    await until('Slack has the last answer', () => slack.answersTo(slow).length === 1);
    expect(slack.answersTo(slow)[0]).toContain('is not done yet');
    await said({ text: 'A topic', triggerId: expired });
    await end("status = 'COMPLETED'");
    const [taken] = await takeReplies(db().sql(), 1);
    // Taken by a process that never sends it, unless this app was faster.
    if (taken) await pass(1);
    await until('Slack has it', async () => (await waiting()) === 0);
    expect(slack.answersTo(expired)).toHaveLength(1);
    await rows('delete from slack_replies');
  });

  it('is that nothing was made, where the process was killed before the video was', async () => {
    const [account] = await rows<{ id: string }>("select id from users where username = 'slack'");
    const key = { userId: account?.id ?? '', requestKey: 'slack:killed' };
    const config = loadConfig(app.installation.settings);
    await expectReply(db().sql(), new FieldCipher(config.encryptionKeys), key, slack.responseUrl('killed'));
    await pass(61);
    await until('Slack has it', () => slack.answersTo('killed').length === 1);
    expect(slack.answersTo('killed')[0]).toContain('Nothing was made');
  });
});

it('A command that takes longer than Slack waits is answered in time, and refused later', async () => {
  const [account] = await rows<{ id: string }>("select id from users where username = 'slack'");
  const config = loadConfig(app.installation.settings);
  const outcomes: SlackOutcome[] = [];
  const command = new SlackCommand({
    db: db(),
    cipher: new FieldCipher(config.encryptionKeys),
    settings: { signingSecret: SIGNING_SECRET, hooksUrl: slack.url },
    account: {
      viewer: async () => viewer(account?.id ?? ''),
    },
    onOutcome: (outcome) => outcomes.push(outcome),
    onFault: (thrown) => {
      throw thrown;
    },
    answerWithinMs: 50,
  });
  const release = Promise.withResolvers<void>();
  const request = slack.signed({ text: 'A topic', triggerId: 'late' });
  const answer = await command.answer({ ...request, body: Buffer.from(request.body) }, async () => {
    await release.promise;
    return { data: { createVideo: { video: null, userErrors: [{ message: 'The quota is used up.' }] } } };
  });
  expect(answer?.text).toContain('what becomes of the command follows here');
  expect(outcomes).toEqual([]);
  release.resolve();
  await until('Slack has it', () => slack.answersTo('late').length === 1);
  expect(slack.answersTo('late')).toEqual(['Nothing was made: The quota is used up.']);
  expect(outcomes).toEqual(['refused']);
});

describe('The check of the command', () => {
  const configured = () => {
    const check = slackCheckOf({ config: loadConfig(app.installation.settings), db: db() });
    if (check === undefined) throw new Error('Slack is set.');
    return check;
  };
  const check = async (given?: SlackCheck) => {
    await (given ?? configured()).check(new AbortController().signal);
    return (await readSlackFacts(db().sql())).failure;
  };
  const quick = (found: Viewer | null) => {
    const settings = { apiUrl: slack.url, botToken: BOT_TOKEN };
    return new SlackCheck({ db: db(), settings, account: { viewer: async () => found }, pauseMs: 1, timeoutMs: 1_500 });
  };
  const alerts = async () =>
    await rows<{ rule: string; priority: string; open: boolean }>(
      "select rule, priority, resolved_at is null as open from alerts where rule like 'slack%' order by rule",
    );

  it('finds nothing where Slack accepts the token', async () => {
    expect(await check()).toBeNull();
    expect(slack.service.requests.map(({ path }) => path)).toEqual(['/api/auth.test']);
  });

  it('raises an alert of P0 where Slack refuses the token, and the alert ends by itself', async () => {
    slack.botToken = 'xoxb-another';
    expect(await check()).toBe('Slack does not accept SLACK_BOT_TOKEN (invalid_auth).');
    await until('it is raised', async () =>
      (await alerts()).some(({ rule, open }) => rule === 'slack-command' && open),
    );
    expect(await alerts()).toContainEqual({ rule: 'slack-command', priority: 'P0', open: true });
    slack.botToken = BOT_TOKEN;
    expect(await check()).toBeNull();
    await until('it is resolved', async () =>
      (await alerts()).every(({ rule, open }) => rule !== 'slack-command' || !open),
    );
  });

  it('keeps what is known where Slack asks to wait, and asks a silent Slack again', async () => {
    slack.service.replyWith({ status: 429, headers: { 'retry-after': '30' } });
    expect(await check()).toBeNull();
    expect((await readSlackFacts(db().sql())).rateLimited).toBe(1);
    slack.service.replyWith({ status: 500 }, 'hang up');
    const makers = viewer(randomUUID());
    expect(await check(quick(makers))).toBeNull();
    slack.service.replyWith('hang', 'hang', 'hang');
    expect(await check(quick(makers))).toBe('Slack did not answer within 1.5 s.');
    expect(await check(quick(null))).toContain('the account of SLACK_COMMAND_USER does not exist');
    expect(await check(quick({ ...makers, permissions: new Set() }))).toContain('may not create videos');
    expect(await check()).toBeNull();
  });

  it('is followed by an alert of P1 where many requests are not signed, and of P2 where many have to wait', async () => {
    for (let sent = 0; sent < 10; sent++) await send({ text: 'x', secret: '0'.repeat(32) });
    let answer = '';
    for (let sent = 0; sent < 40 && !answer.includes('points'); sent++) answer = await said({ text: 'A topic' });
    expect(answer).toMatch(/^Nothing was made: This operation costs/);
    for (let sent = 0; sent < 10; sent++) await said({ text: 'A topic' });
    await until('both are raised', async () => (await alerts()).filter(({ open }) => open).length === 2);
    expect((await alerts()).filter(({ open }) => open)).toEqual([
      { rule: 'slack-bad-signatures', priority: 'P1', open: true },
      { rule: 'slack-rate-limits', priority: 'P2', open: true },
    ]);
  });
});
