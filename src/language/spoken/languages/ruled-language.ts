import type { Rule } from '../rules/reader.ts';
import type { SpokenLanguage } from './spoken-language.ts';

/** A language with the rules that only it has; they are tried before the shared ones. */
export interface RuledLanguage extends SpokenLanguage {
  readonly rules: readonly Rule[];
}
