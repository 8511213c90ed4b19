import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { VideoAnalysisFacts } from '../../../src/entities/video.ts';
import { decodeId } from '../../../src/ids.ts';
import type { Client } from '../../helpers/client.ts';
import { useApp } from '../../helpers/fixtures.ts';
import { ApplySuggestionsDocument } from '../../helpers/generated/documents.ts';

const ANALYSIS: VideoAnalysisFacts = {
  summary: 'Bees dance to show the way.',
  suggestedTitle: 'How bees show the way',
  suggestedDescription: 'A short film about the dance of the bees.',
  suggestedTags: ['bees', 'dance'],
  chapters: [{ title: 'The dance', startSeconds: 0 }],
};

const app = useApp({ worker: false });
let ann: Client;
let video: string;
beforeAll(async () => {
  ann = await app.signedIn('ann');
});
beforeEach(async () => {
  ({ id: video } = await ann.makeVideo({
    title: 'Mine',
    description: 'My text',
    tags: ['own'],
    script: 'Bees dance.',
  }));
});

/** As if the stage ANALYSIS had run. */
async function analyse(found: Partial<VideoAnalysisFacts> = {}): Promise<void> {
  await sql`update videos set analysis = ${JSON.stringify({ ...ANALYSIS, ...found })}::jsonb, seo_title = 'For search'
    where id = ${decodeId('video', video)}`.execute(app.installation.db.sql());
}

const apply = async (client: Client) => (await client.ask(ApplySuggestionsDocument, { id: video })).applySuggestions;
const seo = { title: 'For search' };

describe('The suggestions of an analysis', () => {
  it('replace title, description and tags, and nothing else', async () => {
    await analyse();
    expect(await apply(ann)).toEqual({
      video: {
        title: 'How bees show the way',
        description: 'A short film about the dance of the bees.',
        tags: ['bees', 'dance'],
        seo,
      },
      userErrors: [],
    });
  });

  it('that are empty leave what the owner wrote', async () => {
    await analyse({ suggestedTitle: ' ', suggestedDescription: '', suggestedTags: [] });
    expect((await apply(ann))?.video).toEqual({ title: 'Mine', description: 'My text', tags: ['own'], seo });
  });

  it('that are too long are cut, and tags that are too long or repeated are left out', async () => {
    await analyse({ suggestedTitle: '蜜'.repeat(201), suggestedTags: ['bees', 'x'.repeat(51), ' bees ', ''] });
    expect((await apply(ann))?.video).toMatchObject({ title: '蜜'.repeat(200), tags: ['bees'] });
  });

  it('do not exist before the analysis has run', async () => {
    const message = 'There are no suggestions before the ANALYSIS stage has run.';
    expect(await apply(ann)).toEqual({ video: null, userErrors: [{ code: 'INVALID_STATE', field: ['id'], message }] });
  });

  it('can be applied by the owner and by administrators alone', async () => {
    await analyse();
    const bob = await app.signedIn('bob');
    const admin = await app.signedIn('admin2', 'ADMIN');
    expect(await apply(bob)).toMatchObject({ video: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] });
    expect((await apply(admin))?.video?.title).toBe('How bees show the way');
  });
});
