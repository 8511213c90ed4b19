import { frameMegapixels, scenesIn } from '../forecast/workload.ts';
import { pictureSizeFor } from '../media/motion/motion.ts';
import { frameSizeOf } from '../pipeline/video-spec.ts';
import { costForecast } from '../providers/cost-forecast.ts';
import type { Providers, ScriptRequest } from '../providers/ports.ts';
import type { PriceTable } from '../providers/prices/price-table.ts';
import type { ProviderStates } from '../providers/provider-states.ts';
import { sourceOf } from '../services/videos/create-video-validation.ts';
import type { EstimateServiceParts } from '../services/videos/estimate.service.ts';
import { presenterOf } from '../services/videos/presenter-choice.ts';
import { providerChoiceOf } from '../services/videos/provider-choice.ts';
import type { RunHistory } from '../services/videos/run-history.ts';

export interface VideoForecastParts {
  /** Those of a user's own keys, then the installation's. */
  readonly providersOf: (userId: string) => Promise<Providers>;
  readonly prices: Pick<PriceTable, 'costOf'>;
  readonly states: Pick<ProviderStates, 'isEnabled'>;
  readonly history: Pick<RunHistory, 'read'>;
}

/** Seconds of a film whose text is still to be written, where none are asked for. */
const USUAL_SECONDS = { topic: 40, article: 60 } as const;
/** Usual length of a scene that a language model writes. */
const SECONDS_A_SCENE = 13;

/** Forecasts from the input, the prices, and the durations of earlier videos of this installation. */
export function videoForecast({
  providersOf,
  prices,
  states,
  history,
}: VideoForecastParts): EstimateServiceParts['forecast'] {
  return async (input, userId) => {
    const { language, targetDurationSeconds } = input;
    const speed = input.voice?.speed ?? 1;
    const script: ScriptRequest = {
      source: sourceOf(input),
      language,
      speed,
      ...(targetDurationSeconds == null ? {} : { targetDurationSeconds }),
    };
    const presenter = presenterOf(input.presenter);
    const preferred = {
      ...providerChoiceOf(input),
      ...(presenter?.provider === undefined ? {} : { avatar: presenter.provider }),
    };
    const [estimator, providers] = await Promise.all([history.read(), providersOf(userId)]);
    const narrations = await narrationsOf(providers, script, (characters) =>
      estimator.spokenSeconds(characters, language, speed),
    );
    const characters = narrations.reduce((sum, narration) => sum + [...narration].length, 0);
    const durationSeconds = estimator.spokenSeconds(characters, language, speed);
    const { width, height } = pictureSizeFor(frameSizeOf(input));
    const lines = await costForecast(
      {
        providers,
        costOf: (...usage) => prices.costOf(...usage),
        isEnabled: (name) => states.isEnabled(name),
      },
      {
        script,
        narrations,
        durationSeconds,
        width,
        height,
        preferred,
        ...(presenter === null
          ? {}
          : { presenter: presenter.imageUrl === undefined ? {} : { imageUrl: presenter.imageUrl } }),
        ...(input.voice?.voiceId == null ? {} : { voiceId: input.voice.voiceId }),
      },
    );
    const workload = {
      filmSeconds: durationSeconds,
      scenes: Math.max(narrations.length, scenesIn(durationSeconds)),
      megapixels: frameMegapixels(input),
    };
    return { durationSeconds, processingSeconds: estimator.totalSeconds(workload), lines };
  };
}

/** The scenes of a text that the built-in provider divides; of one that a service will write, a text of the length that is asked for. */
async function narrationsOf(
  { text }: Providers,
  script: ScriptRequest,
  spokenSeconds: (characters: number) => number,
): Promise<string[]> {
  const writer = text.find((one) => one.unsuitable(script) === undefined);
  const { source, targetDurationSeconds } = script;
  // Not a service that costs nothing, such as a model on one's own machine: an estimate calls no service.
  if (writer?.service === 'LOCAL') {
    const signal = new AbortController().signal;
    const { content } = await writer.call(script, { signal, onStarted: async () => undefined });
    return content.scenes.map(({ narration }) => narration);
  }
  const usual = source.kind === 'topic' ? USUAL_SECONDS.topic : USUAL_SECONDS.article;
  const wanted = targetDurationSeconds ?? usual;
  // A short article has no more to say than it says.
  const seconds = source.kind === 'article' ? Math.min(wanted, spokenSeconds([...source.text].length)) : wanted;
  const characters = Math.max(1, Math.round(seconds / spokenSeconds(1)));
  const scenes = Math.max(1, Math.round(seconds / SECONDS_A_SCENE));
  return Array.from({ length: scenes }, () => 'a'.repeat(Math.max(1, Math.round(characters / scenes))));
}
