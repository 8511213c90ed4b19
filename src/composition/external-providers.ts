import type { ProviderService } from '../errors.ts';
import type { LanguageDetector } from '../language/detection/language-detector.ts';
import { azureVoice } from '../providers/azure-speech/azure-voice.ts';
import { claudeLanguageModel } from '../providers/claude/language-model.ts';
import { type CheckPresenter, dIdPresenter } from '../providers/d-id/d-id-presenter.ts';
import { elevenlabsTranscription } from '../providers/elevenlabs/elevenlabs-transcription.ts';
import { elevenlabsVoice } from '../providers/elevenlabs/elevenlabs-voice.ts';
import { geminiImages } from '../providers/gemini/gemini-images.ts';
import { geminiLanguageModel } from '../providers/gemini/language-model.ts';
import { groqTranscription } from '../providers/groq/groq-transcription.ts';
import { groqLanguageModel } from '../providers/groq/language-model.ts';
import { openaiLanguageModel } from '../providers/openai/language-model.ts';
import { openaiImages } from '../providers/openai/openai-images.ts';
import { openaiTranscription } from '../providers/openai/openai-transcription.ts';
import { openaiVoice } from '../providers/openai/openai-voice.ts';
import { openaiCompatibleLanguageModel } from '../providers/openai-compatible/language-model.ts';
import { openaiCompatibleVoice } from '../providers/openai-compatible/openai-compatible-voice.ts';
import type { CheckPicture } from '../providers/pictures/checked-picture.ts';
import { pollyVoice } from '../providers/polly/polly-voice.ts';
import type { AvatarProvider, Providers } from '../providers/ports.ts';
import { replicateImages } from '../providers/replicate/replicate-images.ts';
import { stabilityImages } from '../providers/stability/stability-images.ts';
import { type DecodeSound, externalSpeech } from '../providers/voices/external-speech.ts';
import type { TranscriptionProvider } from '../providers/voices/transcription.ts';
import type { VoiceService } from '../providers/voices/voice-service.ts';
import { analyst } from '../providers/writing/analyst.ts';
import type { LanguageModel } from '../providers/writing/language-model.ts';
import { scriptWriter } from '../providers/writing/script-writer.ts';
import { textGenerator } from '../providers/writing/text-generator.ts';
import type { AllServiceSettings, ServiceSettings } from '../service-settings.ts';

/** What the adapters of external services need of this program. */
export interface ExternalPorts {
  readonly checkPicture: CheckPicture;
  readonly checkPresenter: CheckPresenter;
  readonly decodeSound: DecodeSound;
  readonly languages: LanguageDetector;
}

type Service = Exclude<ProviderService, 'LOCAL'>;
type By<Made> = Readonly<Partial<Record<Service, (settings: ServiceSettings) => Made>>>;

/** The adapters: a line for each service and kind of content. */
const LANGUAGE_MODELS: Readonly<
  Partial<Record<Service, (settings: ServiceSettings, capability: 'TEXT' | 'ANALYSIS') => LanguageModel>>
> = {
  OPENAI: openaiLanguageModel,
  GEMINI: geminiLanguageModel,
  CLAUDE: claudeLanguageModel,
  GROQ: groqLanguageModel,
  OPENAI_COMPATIBLE: openaiCompatibleLanguageModel,
};
const VOICES: By<VoiceService> = {
  ELEVENLABS: elevenlabsVoice,
  OPENAI: openaiVoice,
  AZURE_SPEECH: azureVoice,
  POLLY: pollyVoice,
  OPENAI_COMPATIBLE: openaiCompatibleVoice,
};
const TRANSCRIPTIONS: By<TranscriptionProvider> = {
  ELEVENLABS: elevenlabsTranscription,
  OPENAI: openaiTranscription,
  GROQ: groqTranscription,
};
const imagesBy = ({ checkPicture }: ExternalPorts): By<Providers['image'][number]> => ({
  OPENAI: (settings) => openaiImages(settings, checkPicture),
  GEMINI: (settings) => geminiImages(settings, checkPicture),
  STABILITY: (settings) => stabilityImages(settings, checkPicture),
  REPLICATE: (settings) => replicateImages(settings, { check: checkPicture }),
});

const avatarsBy = ({ checkPresenter }: ExternalPorts): By<AvatarProvider> => ({
  D_ID: (settings) => dIdPresenter(settings, { check: checkPresenter }),
});

/** The providers of all configured services, those with the highest priority first. A service without its key is left out. */
export function externalProviders(
  services: AllServiceSettings,
  ports: ExternalPorts,
): Providers & Required<Pick<Providers, 'plainText' | 'avatar'>> {
  const configured = Object.values(services)
    .filter((settings) => settings.configured)
    .toSorted((one, other) => other.priority - one.priority);
  const made = <Made>(by: By<Made>): Made[] => configured.flatMap((settings) => by[settings.service]?.(settings) ?? []);
  const models = (capability: 'TEXT' | 'ANALYSIS') =>
    configured.flatMap((settings) => LANGUAGE_MODELS[settings.service]?.(settings, capability) ?? []);
  const [transcription] = made(TRANSCRIPTIONS);
  const speech = { decode: ports.decodeSound, ...(transcription === undefined ? {} : { transcription }) };
  return {
    text: models('TEXT').map((model) => scriptWriter(model, ports.languages)),
    plainText: models('TEXT').map(textGenerator),
    speech: made(VOICES).map((voice) => externalSpeech(voice, speech)),
    image: made(imagesBy(ports)),
    avatar: made(avatarsBy(ports)),
    analysis: models('ANALYSIS').map((model) => analyst(model, ports.languages)),
  };
}
