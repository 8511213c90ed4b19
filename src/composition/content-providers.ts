import type { Config } from '../config.ts';
import { LocalSpeechProvider } from '../providers/local/speech/local-speech-provider.ts';
import { sherpaVoices } from '../providers/local/speech/sherpa/sherpa-voices.ts';
import type { Providers } from '../providers/ports.ts';
import type { WorkThreads } from '../threads/work-threads.ts';

/**
 * The provider of each kind of content. Where a service can replace the built-in provider, a setting chooses. What a
 * provider opens is closed with `resources`.
 */
export async function contentProvidersOf(
  config: Config,
  threads: WorkThreads,
  resources: AsyncDisposableStack,
): Promise<Providers> {
  return {
    text: threads.textProvider,
    speech: await localSpeech(config, threads, resources),
    image: threads.imageProvider,
    analysis: threads.analysisProvider,
  };
}

async function localSpeech(
  { programsAtOnce, ttsModelDir }: Config,
  { speechText }: WorkThreads,
  resources: AsyncDisposableStack,
): Promise<LocalSpeechProvider> {
  const ownVoices = ttsModelDir === undefined ? [] : await sherpaVoices(ttsModelDir);
  // Speaking takes a fraction of the time of encoding, and a program up to 170 MB: half as many as encoders keep all of these at work.
  const speech = new LocalSpeechProvider({ processes: Math.ceil(programsAtOnce / 2) }, speechText, ownVoices);
  resources.defer(() => speech.close());
  return speech;
}
