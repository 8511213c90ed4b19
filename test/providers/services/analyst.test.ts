import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claudeLanguageModel } from '../../../src/providers/claude/language-model.ts';
import type { AnalysisRequest } from '../../../src/providers/ports.ts';
import { analyst } from '../../../src/providers/writing/analyst.ts';
import type { ServiceSettings } from '../../../src/service-settings.ts';
import { type Asked, USED } from '../../fakes/asked-model.ts';
import { claude, claudeMessage } from '../../fakes/claude.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { contextOf, itKeepsTheContract, settingsOf, TEST_KEY } from './adapter-contract.ts';
import { DETECTOR, SECRET } from './writing.ts';

const FILM: AnalysisRequest = {
  title: 'The tides',
  language: 'en',
  scenes: [
    { narration: `Twice a day the sea climbs the shore, says a ${SECRET}.`, startSeconds: 0, durationSeconds: 12.4 },
    { narration: 'The moon pulls the water.', heading: 'The moon', startSeconds: 12, durationSeconds: 6 },
    { narration: 'The earth turns below.', startSeconds: 17.6, durationSeconds: 14 },
    { narration: 'That is why.', startSeconds: 31.2, durationSeconds: 5 },
  ],
};

const REPLY = {
  summary: 'The moon pulls the water that is nearest to it. That is why the sea rises twice a day on most coasts.',
  title: 'Why the sea rises twice a day',
  description: 'The film explains how the moon makes the tides, and why there are two of them each day.',
  tags: ['tides', '#Moon', 'sea', 'tides'],
  chapters: [
    { title: 'Two tides a day', scene: 1 },
    { title: 'What the moon does', scene: 2 },
  ],
  seo: { title: 'Two tides a day', description: 'How the moon makes the tides.', keywords: ['Tides', 'moon'] },
};

const ANALYSIS = {
  summary: REPLY.summary,
  suggestedTitle: REPLY.title,
  suggestedDescription: `${REPLY.description}\n\n0:00 Two tides a day\n0:12 What the moon does`,
  suggestedTags: ['tides', 'moon', 'sea'],
  chapters: [
    { title: 'Two tides a day', startSeconds: 0 },
    { title: 'What the moon does', startSeconds: 12 },
  ],
  seo: { title: 'Two tides a day', description: 'How the moon makes the tides.', keywords: ['tides', 'moon'] },
};

const asked: Asked[] = [];
const replies: object[] = [];
const handler = claude((one) => {
  asked.push(one);
  return JSON.stringify(replies.shift() ?? REPLY);
}, TEST_KEY);
const make = (settings: ServiceSettings) =>
  analyst(claudeLanguageModel({ ...settings, baseUrl: `${settings.baseUrl}/v1` }, 'ANALYSIS'), DETECTOR);

describe('An analysis by a language model', () => {
  let fake: FakeService;
  beforeAll(async () => {
    fake = await FakeService.start(handler);
  });
  beforeEach(() => {
    asked.length = 0;
    replies.length = 0;
  });
  afterAll(() => fake.close());
  const provider = (env: Readonly<Record<string, string>> = {}) => make(settingsOf('CLAUDE', fake.url, env));
  const analyse = async (...given: readonly object[]) => {
    replies.push(...given);
    return await provider().call(FILM, contextOf());
  };

  itKeepsTheContract({
    service: 'CLAUDE',
    handler,
    make,
    request: FILM,
    secretText: SECRET,
    refusals: [
      {
        what: 'a wrong key',
        reply: { status: 401, body: { type: 'error', error: { type: 'authentication_error', message: SECRET } } },
        code: 'CLAUDE_INVALID_API_KEY',
      },
    ],
  });

  it('is made of what the film says, with the times of its scenes', async () => {
    expect(await analyse()).toEqual({ content: ANALYSIS, model: 'claude-haiku-5-5', usage: USED });
    const sent = JSON.parse(asked[0]?.messages[0]?.text ?? '');
    expect(sent).toMatchObject({
      title: 'The tides',
      scenes: [{ scene: 1, seconds: 12 }, { heading: 'The moon' }, {}, {}],
    });
    expect(asked[0]?.instructions).toContain('Write everything in English (en).');
  });

  it('is made by the model for analyses', async () => {
    const settings = { CLAUDE_TEXT_MODEL: 'claude-opus-5-5', CLAUDE_ANALYSIS_MODEL: 'claude-haiku-4-5' };
    fake.replyWith({ body: claudeMessage(JSON.stringify(REPLY), 'claude-haiku-4-5') });
    expect((await provider(settings).call(FILM, contextOf())).model).toBe('claude-haiku-4-5');
  });

  it('keeps the bounds of platforms, without another request', async () => {
    const { content } = await analyse({
      ...REPLY,
      title: 'Why the sea rises and falls on every coast of the world '.repeat(4),
      summary: 'The moon pulls the water. '.repeat(40),
      tags: Array.from({ length: 30 }, (_, i) => `Tide ${i}`),
      seo: { title: 'The tides '.repeat(30), description: 'The moon pulls. '.repeat(30), keywords: [] },
    });
    expect(asked).toHaveLength(1);
    expect(content.suggestedTitle.length).toBeLessThanOrEqual(100);
    expect(content.summary.length).toBeLessThanOrEqual(400);
    expect(content.suggestedTags).toEqual(Array.from({ length: 12 }, (_, i) => `tide ${i}`));
    expect(content.seo.title.length).toBeLessThanOrEqual(100);
    expect(content.seo.description.length).toBeLessThanOrEqual(160);
    expect(content.seo.keywords).toEqual(content.suggestedTags);
  });

  it('leaves out chapters that are shorter than 10 seconds', async () => {
    const chapters = [1, 2, 3, 4].map((scene) => ({ title: `Part ${scene}`, scene }));
    const { content } = await analyse({ ...REPLY, chapters });
    // The third begins 5.6 s after the second, and the fourth has 5 s.
    expect(content.chapters).toEqual([
      { title: 'Part 1', startSeconds: 0 },
      { title: 'Part 2', startSeconds: 12 },
    ]);
  });

  it('names no chapters in the description of a film that has one', async () => {
    const { content } = await analyse({ ...REPLY, chapters: [{ title: 'All of it', scene: 1 }] });
    expect(content.suggestedDescription).toBe(REPLY.description);
  });

  it.each<readonly [string, object, string]>([
    ['another form', { summary: 'The moon.' }, 'title: '],
    ['an empty summary', { ...REPLY, summary: '…' }, 'summary: it is empty.'],
    ['no tags', { ...REPLY, tags: ['#', ' '] }, 'tags: there is none.'],
    ['no chapters', { ...REPLY, chapters: [] }, 'chapters: the first begins with scene 1'],
    ['a first chapter that begins later', { ...REPLY, chapters: [{ title: 'Late', scene: 2 }] }, 'begins with scene 1'],
    [
      'chapters out of order',
      { ...REPLY, chapters: [1, 3, 2].map((scene) => ({ title: 'One', scene })) },
      'in order, with scenes up to 4',
    ],
    [
      'a chapter after the end',
      { ...REPLY, chapters: [1, 9].map((scene) => ({ title: 'One', scene })) },
      'with scenes up to 4',
    ],
    ['a chapter without a title', { ...REPLY, chapters: [{ title: '', scene: 1 }] }, 'chapters: a title is empty.'],
    [
      'another language',
      {
        ...REPLY,
        summary: 'Der Mond zieht das Wasser an, das ihm am nächsten liegt. Deshalb steigt das Meer zweimal am Tag.',
        description: 'Der Film erklärt, wie der Mond die Gezeiten macht und warum es jeden Tag zwei davon gibt.',
        title: 'Warum das Meer zweimal am Tag steigt',
      },
      'It is written in German (de)',
    ],
  ])('is repaired once, for what is wrong with it: %s', async (_, reply, fault) => {
    const answer = await analyse(reply);
    expect(answer.content).toEqual(ANALYSIS);
    expect(answer.usage).toEqual({ inputTokens: 2 * USED.inputTokens, outputTokens: 2 * USED.outputTokens });
    expect(asked[1]?.messages.at(-1)?.text).toContain(fault);
  });

  it('reserves for both requests', async () => {
    const most = provider().mostUsage(FILM);
    await analyse();
    expect(most.outputTokens).toBe(2 * (asked[0]?.outputLimit ?? 0));
    expect(most.inputTokens).toBeGreaterThan(asked[0]?.outputLimit ?? 0);
    expect(provider().unsuitable(FILM)).toBeUndefined();
  });
});
