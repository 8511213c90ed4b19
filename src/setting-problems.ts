import type { z } from 'zod';
import type { SettingProblem } from './service-settings.ts';

/** The faults that the schema of the settings has found, each with the name of its setting. */
export function problemsIn(error: z.ZodError | undefined): SettingProblem[] {
  return (error?.issues ?? []).map(({ path, message }) => ({ setting: String(path[0]), message }));
}
