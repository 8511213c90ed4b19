import { primaryLanguage } from '../voices/voice-errors.ts';

/** https://learn.microsoft.com/azure/ai-services/speech-service/language-support: the first of each language is its default. */
const VOICES = [
  'en-US-JennyNeural',
  'en-GB-SoniaNeural',
  'en-AU-NatashaNeural',
  'en-CA-ClaraNeural',
  'en-IN-NeerjaNeural',
  'zh-CN-XiaoxiaoNeural',
  'zh-TW-HsiaoChenNeural',
  'zh-HK-HiuMaanNeural',
  'de-DE-KatjaNeural',
  'de-AT-IngridNeural',
  'de-CH-LeniNeural',
  'fr-FR-DeniseNeural',
  'fr-CA-SylvieNeural',
  'es-ES-ElviraNeural',
  'es-MX-DaliaNeural',
  'es-AR-ElenaNeural',
  'pt-BR-FranciscaNeural',
  'pt-PT-RaquelNeural',
  'it-IT-ElsaNeural',
  'nl-NL-ColetteNeural',
  'sv-SE-SofieNeural',
  'da-DK-ChristelNeural',
  'nb-NO-PernilleNeural',
  'fi-FI-NooraNeural',
  'pl-PL-ZofiaNeural',
  'cs-CZ-VlastaNeural',
  'sk-SK-ViktoriaNeural',
  'hu-HU-NoemiNeural',
  'ro-RO-AlinaNeural',
  'bg-BG-KalinaNeural',
  'hr-HR-GabrijelaNeural',
  'sl-SI-PetraNeural',
  'tr-TR-EmelNeural',
  'id-ID-GadisNeural',
  'ms-MY-YasminNeural',
  'vi-VN-HoaiMyNeural',
  'th-TH-PremwadeeNeural',
  'fil-PH-BlessicaNeural',
  'ca-ES-JoanaNeural',
  'ru-RU-SvetlanaNeural',
  'uk-UA-PolinaNeural',
  'el-GR-AthinaNeural',
  'ja-JP-NanamiNeural',
  'ko-KR-SunHiNeural',
  'hi-IN-SwaraNeural',
  'ar-EG-SalmaNeural',
  'he-IL-HilaNeural',
];

/** Of the region that the tag names, else the first of its language. */
export function defaultAzureVoice(language: string): string | undefined {
  const wanted = primaryLanguage(language);
  const spoken = VOICES.filter((voice) => primaryLanguage(voice.split('-')[0] ?? '') === wanted);
  const { region } = new Intl.Locale(language).maximize();
  return spoken.find((voice) => voice.split('-')[1] === region) ?? spoken[0];
}
