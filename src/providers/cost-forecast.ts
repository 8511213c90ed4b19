import { hashOf } from '../content-hash.ts';
import type { Money } from '../money.ts';
import type { ProviderPreference } from './chains.ts';
import type { ProviderStage } from './ledger.ts';
import type { Providers, ScriptRequest } from './ports.ts';
import type { ContentProvider, OtherUsage, Usage } from './provider.ts';

/** A video before it is made. */
export interface ForecastVideo {
  readonly script: ScriptRequest;
  /** What will be said, scene by scene, as far as it is known; otherwise a text of the same length. */
  readonly narrations: readonly string[];
  readonly durationSeconds: number;
  readonly voiceId?: string;
  readonly width: number;
  readonly height: number;
  readonly preferred: ProviderPreference;
  /** Left out where no presenter is asked for. */
  readonly presenter?: { readonly imageUrl?: string };
}

/** What one stage is expected to cost. */
export interface ForecastLine {
  readonly stage: ProviderStage;
  readonly provider: string;
  readonly units: number;
  /** "tokens", "characters", "pictures", "seconds" or, where nothing else is counted, "calls". */
  readonly unit: string;
  readonly cost: Money;
}

export interface ForecastParts {
  readonly providers: Providers;
  costOf(provider: string, model: string, usage: Usage): Money;
  isEnabled(provider: string): Promise<boolean>;
}

/** Of a scene, before and after its narration. */
const PAUSES_SECONDS = 1;

/** The lines of all stages that call providers, if each is served by the provider that is tried first. Nothing is called. */
export async function costForecast(parts: ForecastParts, video: ForecastVideo): Promise<readonly ForecastLine[]> {
  const { providers } = parts;
  const { script, narrations, durationSeconds, voiceId, width, height, preferred, presenter } = video;
  const { language, speed } = script;
  const seconds = durationSeconds / Math.max(1, narrations.length);
  const lines = await Promise.all([
    lineOf(parts, 'SCRIPT', providers.text, preferred.text, [script]),
    lineOf(
      parts,
      'SPEECH',
      preferred.voice === undefined
        ? providers.speech
        : providers.speech.filter(({ name }) => name === preferred.voice),
      preferred.speech,
      narrations.map((text) => ({ text, language, speed, ...(voiceId === undefined ? {} : { voiceId }) })),
    ),
    lineOf(
      parts,
      'VISUALS',
      providers.image,
      preferred.image,
      narrations.map((narration, index) => ({
        prompt: narration,
        narration,
        title: '',
        language,
        index,
        count: narrations.length,
        seed: hashOf({ narration }),
        width,
        height,
        captionSafeHeight: 0,
      })),
    ),
    ...(presenter === undefined
      ? []
      : [
          lineOf(
            parts,
            'VISUALS',
            (providers.avatar ?? []).filter(({ name }) => preferred.avatar === undefined || name === preferred.avatar),
            undefined,
            narrations.map((narration) => ({
              narration,
              sound: async () => new Uint8Array(),
              soundHash: '',
              seconds: seconds + PAUSES_SECONDS,
              ...presenter,
            })),
          ),
        ]),
    lineOf(parts, 'ANALYSIS', providers.analysis, undefined, [
      {
        film: { seconds: durationSeconds, preview: async () => null },
        title: '',
        language,
        scenes: narrations.map((narration, index) => ({
          narration,
          startSeconds: index * seconds,
          durationSeconds: seconds,
        })),
      },
    ]),
  ]);
  return lines.flat();
}

async function lineOf<Request>(
  { costOf, isEnabled }: ForecastParts,
  stage: ProviderStage,
  candidates: readonly ContentProvider<Request, unknown>[],
  preferred: string | undefined,
  requests: readonly Request[],
): Promise<ForecastLine[]> {
  const ordered = candidates.toSorted(
    (one, other) => Number(other.name === preferred) - Number(one.name === preferred),
  );
  const areEnabled = await Promise.all(ordered.map(({ name }) => isEnabled(name)));
  const provider = ordered.find(
    (one, index) => areEnabled[index] && requests.every((request) => one.unsuitable(request) === undefined),
  );
  if (!provider) return [];
  const { name } = provider;
  const usages = requests.map((request) => (provider.usualUsage ?? provider.mostUsage)(request));
  const others: readonly OtherUsage[] = requests.flatMap((request) => provider.usualOthers?.(request) ?? []);
  const own = usages.reduce((sum, usage) => sum + costOf(name, provider.models[0] ?? '', usage), 0);
  const cost = others.reduce((sum, other) => sum + costOf(other.provider, other.model, other.usage), own);
  return [{ stage, provider: name, ...unitsOf(stage, usages), cost }];
}

function unitsOf(stage: ProviderStage, usages: readonly Usage[]): Pick<ForecastLine, 'units' | 'unit'> {
  const sum = (kind: keyof Usage) => usages.reduce((total, usage) => total + (usage[kind] ?? 0), 0);
  const characters = sum('characters');
  if (characters > 0) return { units: characters, unit: 'characters' };
  const seconds = sum('seconds');
  // A presenter is paid by the second; a picture may be, too.
  if (stage === 'VISUALS' && (seconds === 0 || sum('images') > 0)) return { units: usages.length, unit: 'pictures' };
  const tokens = sum('inputTokens') + sum('outputTokens');
  if (tokens > 0) return { units: tokens, unit: 'tokens' };
  return seconds > 0 ? { units: seconds, unit: 'seconds' } : { units: usages.length, unit: 'calls' };
}
