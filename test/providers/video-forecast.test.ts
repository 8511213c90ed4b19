import { expect, it } from 'vitest';
import { videoForecast } from '../../src/composition/video-forecast.ts';
import { DurationEstimator } from '../../src/forecast/duration-estimator.ts';
import { NO_STATES } from '../../src/providers/provider-states.ts';
import { fakeProviders } from '../helpers/media/fake-providers.ts';
import { testProvider } from '../helpers/media/test-provider.ts';

it('An estimate calls no service, also none that costs nothing', async () => {
  const called: string[] = [];
  const fakes = fakeProviders();
  const ownServer = testProvider({
    name: 'openai_compatible',
    service: 'OPENAI_COMPATIBLE',
    call: async () => {
      called.push('openai_compatible');
      return { title: '', scenes: [] };
    },
  });
  const forecast = videoForecast({
    providersOf: async () => ({ ...fakes, text: [ownServer, ...fakes.text] }),
    prices: { costOf: () => 0 },
    states: NO_STATES,
    history: { read: async () => new DurationEstimator([]) },
  });
  const video = { language: 'en', aspectRatio: 'SQUARE_1_1', resolution: 'SD_480', burnInCaptions: false } as const;
  const article = 'Bees dance. '.repeat(500);
  const { durationSeconds, lines } = await forecast({ ...video, article, targetDurationSeconds: 30 }, 'ann');
  expect(called).toEqual([]);
  expect(durationSeconds).toBeCloseTo(30, 0);
  expect(lines.map(({ stage, provider }) => [stage, provider])).toEqual([
    ['SCRIPT', 'openai_compatible'],
    ['SPEECH', 'fake'],
    ['VISUALS', 'fake'],
    ['ANALYSIS', 'fake'],
  ]);
});
