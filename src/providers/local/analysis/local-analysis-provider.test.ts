import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AnalysisRequest } from '../../ports.ts';
import { LocalAnalysisProvider } from './local-analysis-provider.ts';

const provider = new LocalAnalysisProvider();
const calm = new AbortController().signal;
const sample = (name: string) =>
  readFileSync(new URL(`../../../../samples/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n\n');

/** Consecutive scenes of the given duration each. */
function film(narrations: readonly string[], seconds: number, more: Partial<AnalysisRequest> = {}): AnalysisRequest {
  const scenes = narrations.map((narration, i) => ({ narration, startSeconds: i * seconds, durationSeconds: seconds }));
  return { title: 'How the Tides Work', language: 'en', scenes, ...more };
}
const english = film(sample('article.txt').slice(1), 20);
const chinese = film(sample('auto-video.zh-TW.txt'), 9, { title: '從文字到影片', language: 'zh-TW' });

describe.each([
  ['English', english],
  ['Chinese', chinese],
])('An analysis in %s', (_, request) => {
  const narrated = request.scenes.map((scene) => scene.narration).join(' ');

  it('summarises in at most 400 characters, with sentences of the narration', async () => {
    const { summary } = await provider.analyse(request, calm);
    expect(summary.length).toBeLessThanOrEqual(400);
    expect(summary.length).toBeGreaterThan(20);
    for (const sentence of summary.split(/(?<=\.)\s|(?<=。)/u)) expect(narrated).toContain(sentence.trim());
  });

  it('has chapters in order that begin at 0 and last 10 seconds or longer', async () => {
    const { chapters } = await provider.analyse(request, calm);
    expect(chapters[0]?.startSeconds).toBe(0);
    const ends = [...chapters.slice(1).map((chapter) => chapter.startSeconds), request.scenes.length * 20];
    chapters.forEach((chapter, i) => {
      expect((ends[i] ?? 0) - chapter.startSeconds).toBeGreaterThanOrEqual(10);
    });
  });

  it('gives every chapter a short, distinct title', async () => {
    const titles = (await provider.analyse(request, calm)).chapters.map((chapter) => chapter.title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles) {
      expect(title.length).toBeLessThanOrEqual(120);
      expect(title).not.toMatch(/^\s*$|[.,。，]$/u);
    }
  });

  it('names every chapter by words of its narration, or their beginning', async () => {
    for (const { title } of (await provider.analyse(request, calm)).chapters) {
      expect(narrated).toContain(title.replace(/…$/u, ''));
    }
  });

  it('lists the chapters with their times below the summary', async () => {
    const { suggestedDescription, summary, chapters } = await provider.analyse(request, calm);
    expect(suggestedDescription.startsWith(`${summary}\n\n0:00 ${chapters[0]?.title}`)).toBe(true);
    expect(suggestedDescription.split('\n')).toHaveLength(2 + chapters.length);
  });

  it('finds at most 12 distinct lower-case tags, none of them a grammar word', async () => {
    const { suggestedTags } = await provider.analyse(request, calm);
    expect(suggestedTags.length).toBeGreaterThan(4);
    expect(suggestedTags.length).toBeLessThanOrEqual(12);
    expect(new Set(suggestedTags).size).toBe(suggestedTags.length);
    for (const tag of suggestedTags) {
      expect(tag).toBe(tag.toLowerCase());
      expect(['the', 'and', 'of', '的', '一個']).not.toContain(tag);
    }
  });

  it('respects the length limits of search engines', async () => {
    const { seo, suggestedTitle } = await provider.analyse(request, calm);
    expect(suggestedTitle).toBe(request.title);
    expect(seo.title.length).toBeLessThanOrEqual(100);
    expect(seo.description.length).toBeLessThanOrEqual(160);
    expect(seo.keywords.length).toBeGreaterThan(0);
  });
});

describe('An analysis', () => {
  it('finds the subject of a film about tides', async () => {
    const { suggestedTags } = await provider.analyse(english, calm);
    for (const word of ['moon', 'earth', 'tides']) expect(suggestedTags).toContain(word);
  });

  it('names a chapter by the author’s heading', async () => {
    const scenes = ['A sea rises.', 'A moon sets.'].map((narration, i) => ({
      narration,
      ...(i === 1 ? { heading: 'The Moon' } : {}),
      startSeconds: i * 20,
      durationSeconds: 20,
    }));
    const { chapters } = await provider.analyse(film([], 0, { scenes }), calm);
    expect(chapters.map(({ title }) => title)).toEqual(['A sea rises', 'The Moon']);
  });

  it('never makes one sentence of two lines', async () => {
    const poem = film(['The Quiet Bay', 'The boats are gone\nNo gull sings'], 4);
    const { summary, chapters, seo } = await provider.analyse(poem, calm);
    expect(summary).toBe('The Quiet Bay\nThe boats are gone\nNo gull sings');
    expect(seo.description).toBe('The Quiet Bay / The boats are gone / No gull sings');
    for (const { title } of chapters) expect(summary.split('\n')).toContain(title);
  });

  it('merges scenes that are too short for a chapter, also at the end', async () => {
    const seven = film(['One sea.', 'Two moons.', 'Three suns.', 'Four winds.', 'Five waves.'], 7);
    expect((await provider.analyse(seven, calm)).chapters.map((chapter) => chapter.startSeconds)).toEqual([0, 14]);
    const ten = film(['One sea.', 'Two moons.', 'Three suns.'], 10);
    expect((await provider.analyse(ten, calm)).chapters).toHaveLength(3);
  });

  it('measures a chapter from its start to its end, because scenes overlap in their fades', async () => {
    const scenes = [0, 9.6].map((startSeconds, i) => ({
      narration: ['A sea.', 'A moon.'][i] ?? '',
      startSeconds,
      durationSeconds: 10,
    }));
    expect((await provider.analyse(film([], 0, { scenes }), calm)).chapters).toHaveLength(2);
  });

  it('writes hours for films of an hour or longer', async () => {
    const long = film(
      Array.from({ length: 8 }, (_, i) => `Chapter ${i} tells of sea number ${i}.`),
      600,
    );
    expect((await provider.analyse(long, calm)).suggestedDescription).toMatch(/\n0:10:00|\n10:00 [\s\S]*\n1:00:00 /u);
  });

  it('shortens a title of 200 characters', async () => {
    const { suggestedTitle } = await provider.analyse({ ...english, title: 'word '.repeat(40).trim() }, calm);
    expect(suggestedTitle.length).toBeLessThanOrEqual(100);
    expect(suggestedTitle.endsWith('word…')).toBe(true);
  });

  it('has a result for a film of one emoji', async () => {
    const { summary, chapters, suggestedTitle } = await provider.analyse(film(['🎉'], 2, { title: '' }), calm);
    expect([summary, suggestedTitle]).toEqual(['🎉', '🎉']);
    expect(chapters).toEqual([{ title: '🎉', startSeconds: 0 }]);
  });

  it('cuts a sentence of a thousand characters', async () => {
    const { summary, seo } = await provider.analyse(film([`The sea ${'and the sea '.repeat(100)}ends.`], 60), calm);
    expect(summary.length).toBeLessThanOrEqual(400);
    expect(seo.description.length).toBeLessThanOrEqual(160);
  });

  it('stops when it is canceled', async () => {
    await expect(provider.analyse(english, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELED' });
  });
});
