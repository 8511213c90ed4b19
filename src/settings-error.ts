import { AppError } from './errors.ts';
import type { SettingProblem } from './service-settings.ts';

/** Settings that are wrong, each with its reason; never with its value, which may be a secret. */
export class SettingsError extends AppError {
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    super('CONFIG_INVALID', problems.map(sentence).join('\n'));
    this.problems = problems;
  }
}

function sentence({ setting, message }: SettingProblem): string {
  return `The setting ${setting} is wrong: ${message}. See .env.example.`;
}
