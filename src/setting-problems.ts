import type { z } from 'zod';
import type { SettingProblem } from './service-settings.ts';

export function problemsIn(error: z.ZodError | undefined): SettingProblem[] {
  return (error?.issues ?? []).map(({ path, message }) => ({ setting: String(path[0]), message }));
}

export function sentence({ setting, message }: SettingProblem): string {
  return `The setting ${setting} is wrong: ${message}. See .env.example.`;
}
