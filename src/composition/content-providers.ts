import type { Config } from '../config.ts';
import { localProvider } from '../providers/local/local-provider.ts';
import type { BuiltInVoice } from '../providers/local/speech/built-in-voice.ts';
import { LocalSpeechProvider } from '../providers/local/speech/local-speech-provider.ts';
import { checkModel } from '../providers/local/speech/sherpa/check-model.ts';
import { sherpaVoices } from '../providers/local/speech/sherpa/sherpa-voices.ts';
import type { Providers, SpeechProvider } from '../providers/ports.ts';
import type { WorkThreads } from '../threads/work-threads.ts';

/** The providers of each kind of content, those that are tried first in front. What a provider opens is closed with `resources`. */
export async function contentProvidersOf(
  config: Config,
  threads: WorkThreads,
  resources: AsyncDisposableStack,
): Promise<Providers> {
  return {
    text: [threads.textProvider],
    speech: [await localSpeech(config, threads, resources)],
    image: [threads.imageProvider],
    analysis: [threads.analysisProvider],
  };
}

/**
 * Speaks a word with the model of TTS_MODEL_DIR: once before a start that will make videos, since it needs the memory and the
 * seconds that the model needs. Throws CONFIG_INVALID if the model cannot be used.
 */
export async function checkContentProviders(config: Config): Promise<void> {
  // All voices of the user's are of one model.
  const [voice] = await ownVoicesOf(config);
  if (voice) await checkModel(voice);
}

async function ownVoicesOf({ ttsModelDir }: Config): Promise<readonly BuiltInVoice[]> {
  return ttsModelDir === undefined ? [] : await sherpaVoices(ttsModelDir);
}

async function localSpeech(
  config: Config,
  { speechText }: WorkThreads,
  resources: AsyncDisposableStack,
): Promise<SpeechProvider> {
  const ownVoices = await ownVoicesOf(config);
  // Speaking takes a fraction of the time of encoding, and a program up to 170 MB: half as many as encoders keep all of these at work.
  const speech = new LocalSpeechProvider({ processes: Math.ceil(config.programsAtOnce / 2) }, speechText, ownVoices);
  resources.defer(() => speech.close());
  const { models } = speech;
  return {
    ...localProvider({ models, call: (request, signal) => speech.speak(request, signal) }),
    voices: (language) => speech.voices(language),
  };
}
