import { primaryLanguage } from '../voices/voice-errors.ts';

/** https://docs.aws.amazon.com/polly/latest/dg/available-voices.html: the first of each language is its default. */
const NEURAL: readonly (readonly [tag: string, voice: string])[] = [
  ['en-US', 'Joanna'],
  ['en-GB', 'Amy'],
  ['en-AU', 'Olivia'],
  ['en-IN', 'Kajal'],
  ['en-IE', 'Niamh'],
  ['en-NZ', 'Aria'],
  ['en-ZA', 'Ayanda'],
  ['zh-CN', 'Zhiyu'],
  ['yue', 'Hiujin'],
  ['de-DE', 'Vicki'],
  ['de-AT', 'Hannah'],
  ['fr-FR', 'Lea'],
  ['fr-BE', 'Isabelle'],
  ['fr-CA', 'Gabrielle'],
  ['es-ES', 'Lucia'],
  ['es-MX', 'Mia'],
  ['es-US', 'Lupe'],
  ['pt-BR', 'Camila'],
  ['pt-PT', 'Ines'],
  ['it-IT', 'Bianca'],
  ['nl-NL', 'Laura'],
  ['nl-BE', 'Lisa'],
  ['sv-SE', 'Elin'],
  ['da-DK', 'Sofie'],
  ['nb-NO', 'Ida'],
  ['fi-FI', 'Suvi'],
  ['pl-PL', 'Ola'],
  ['cs-CZ', 'Jitka'],
  ['tr-TR', 'Burcu'],
  ['ca-ES', 'Arlet'],
  ['ja-JP', 'Kazuha'],
  ['ko-KR', 'Seoyeon'],
  ['hi-IN', 'Kajal'],
  ['ar-AE', 'Hala'],
];
const STANDARD: readonly (readonly [tag: string, voice: string])[] = [
  ['en-US', 'Joanna'],
  ['en-GB', 'Amy'],
  ['en-AU', 'Nicole'],
  ['en-IN', 'Raveena'],
  ['zh-CN', 'Zhiyu'],
  ['de-DE', 'Vicki'],
  ['fr-FR', 'Celine'],
  ['fr-CA', 'Chantal'],
  ['es-ES', 'Lucia'],
  ['es-MX', 'Mia'],
  ['es-US', 'Lupe'],
  ['pt-BR', 'Camila'],
  ['pt-PT', 'Ines'],
  ['it-IT', 'Carla'],
  ['nl-NL', 'Lotte'],
  ['sv-SE', 'Astrid'],
  ['da-DK', 'Naja'],
  ['nb-NO', 'Liv'],
  ['is-IS', 'Dora'],
  ['pl-PL', 'Ewa'],
  ['ro-RO', 'Carmen'],
  ['ru-RU', 'Tatyana'],
  ['tr-TR', 'Filiz'],
  ['cy-GB', 'Gwyneth'],
  ['ja-JP', 'Mizuki'],
  ['ko-KR', 'Seoyeon'],
  ['ar', 'Zeina'],
];

/** Of the region that the tag names, else the first of its language. */
export function defaultPollyVoice(engine: string, language: string): string | undefined {
  const voices = engine === 'standard' ? STANDARD : NEURAL;
  const wanted = primaryLanguage(language);
  const spoken = voices.filter(([tag]) => primaryLanguage(tag) === wanted);
  // Latin America has one voice that its countries share.
  const { region } = new Intl.Locale(language);
  const exact = spoken.find(([tag]) => new Intl.Locale(tag).region === region);
  const american = wanted === 'es' && region !== undefined ? spoken.find(([tag]) => tag === 'es-US') : undefined;
  return (exact ?? american ?? spoken[0])?.[1];
}
