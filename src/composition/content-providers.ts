import { join } from 'node:path';
import type { Config } from '../config.ts';
import { LanguageDetector } from '../language/detection/language-detector.ts';
import { readModelFile } from '../language/detection/model-file.ts';
import { presenterChecker } from '../media/presenter/check-presenter.ts';
import type { Ffmpeg } from '../media/process/ffmpeg.ts';
import { soundDecoder } from '../media/sound/decode-sound.ts';
import { nothingServes } from '../providers/failover.ts';
import { localProvider } from '../providers/local/local-provider.ts';
import type { BuiltInVoice } from '../providers/local/speech/built-in-voice.ts';
import { LocalSpeechProvider } from '../providers/local/speech/local-speech-provider.ts';
import { checkModel } from '../providers/local/speech/sherpa/check-model.ts';
import { sherpaVoices } from '../providers/local/speech/sherpa/sherpa-voices.ts';
import type { Providers, SpeechProvider } from '../providers/ports.ts';
import type { BuiltInVoices } from '../services/providers/voice-samples.ts';
import type { WorkThreads } from '../threads/work-threads.ts';
import { type ExternalPorts, externalProviders } from './external-providers.ts';

export interface ContentProviderParts {
  readonly config: Config;
  readonly threads: WorkThreads;
  readonly ffmpeg: Ffmpeg;
}

/**
 * The providers of each kind of content in the order in which they are tried: external services by their priority, then the
 * built-in ones. What a provider opens is closed with `resources`.
 */
export async function contentProvidersOf(
  parts: ContentProviderParts,
  resources: AsyncDisposableStack,
): Promise<Providers> {
  const { config, threads } = parts;
  const external = externalProviders(config.services, externalPortsOf(parts));
  return {
    text: [...external.text, threads.textProvider],
    speech: [...external.speech, await localSpeech(config, threads, resources)],
    image: [...external.image, threads.imageProvider],
    analysis: [...external.analysis, threads.analysisProvider],
    avatar: external.avatar,
    plainText: external.plainText,
  };
}

/** What adapters of external services need of this program. */
export function externalPortsOf({ config, threads, ffmpeg }: ContentProviderParts): ExternalPorts {
  const workFolder = join(config.dataDir, 'work');
  return {
    checkPicture: threads.checkPicture,
    checkPresenter: presenterChecker(ffmpeg, workFolder),
    decodeSound: soundDecoder(ffmpeg, workFolder),
    languages: new LanguageDetector(readModelFile),
  };
}

/** Primary subtags of the languages that a built-in voice, or one of TTS_MODEL_DIR, reads aloud. */
export async function builtInLanguages(config: Config): Promise<readonly string[]> {
  const speech = new LocalSpeechProvider({}, undefined, await ownVoicesOf(config));
  const voices = speech.voices();
  await speech.close();
  // The first language of a voice is its own.
  return [
    ...new Set(voices.flatMap(({ languages }) => languages.slice(0, 1).map((tag) => new Intl.Locale(tag).language))),
  ];
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

/** For samples; a test may have none. */
export function builtInVoicesOf({ speech }: Providers): BuiltInVoices {
  const local = speech.find(({ service }) => service === 'LOCAL');
  if (!local)
    return { name: 'local', models: [], voices: async () => [], record: () => Promise.reject(nothingServes()) };
  return {
    name: local.name,
    models: local.models,
    voices: (...args) => local.voices(...args),
    record: async (request) => {
      const context = { signal: new AbortController().signal, onStarted: async () => undefined };
      const { content } = await local.call({ ...request, speed: 1 }, context);
      return content.wav;
    },
  };
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
  return {
    ...localProvider({
      models: speech.models,
      call: (request, signal) => speech.speak(request, signal),
      unsuitable: (request) => speech.unsuitable(request),
    }),
    voices: async (language) => speech.voices(language),
  };
}
