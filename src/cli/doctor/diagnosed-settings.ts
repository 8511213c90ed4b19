import { type Config, loadConfig } from '../../config.ts';
import { AppError } from '../../errors.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The settings as far as they can be used, and what is wrong with the others. */
export interface DiagnosedSettings {
  readonly config: Config;
  /** One sentence for each wrong setting. */
  readonly problems: readonly string[];
  /** Whether PostgreSQL and Redis are set wrongly, so that they cannot be looked for. */
  readonly wrong: ReadonlySet<string>;
}

/** A diagnosis needs no secret, and must not write new ones into DATA_DIR. */
const UNUSED_SECRETS = {
  JWT_SECRET: 'a secret that nothing is signed with',
  LINK_SECRET: 'a secret that nothing is signed with',
  ENCRYPTION_KEYS: `unused:${Buffer.alloc(32).toString('base64')}`,
} as const;
const MOST_ROUNDS = 10;

/** Leaves wrong settings out until the others can be used; all of them where that does not help. */
export function diagnosedSettings(env: Env): DiagnosedSettings {
  const problems: string[] = [];
  const wrong = new Set<string>();
  const isProduction = env['NODE_ENV']?.trim() === 'production';
  let rest: Env = isProduction ? env : withSecrets(env);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    try {
      return { config: loadConfig(rest), problems, wrong };
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code !== 'CONFIG_INVALID') throw thrown;
      const sentences = error.message.split('\n');
      problems.push(...sentences);
      const names = sentences.flatMap((sentence) => {
        // One that is missing is named with the other that needs it.
        const [, name, needing] = /^The setting (\w+) is wrong: (?:must be set with (\w+))?/.exec(sentence) ?? [];
        return [name ?? [], needing ?? []].flat();
      });
      for (const name of names) wrong.add(name);
      const usable = Object.fromEntries(Object.entries(rest).filter(([name]) => !names.includes(name)));
      // In production that they are missing is a problem of its own, which is found after the others.
      rest = isProduction && names.length > 0 ? usable : withSecrets(usable);
    }
  }
  return { config: loadConfig(withSecrets({})), problems: [...new Set(problems)], wrong: new Set(Object.keys(env)) };
}

function withSecrets(env: Env): Env {
  const missing = Object.entries(UNUSED_SECRETS).filter(([name]) => (env[name] ?? '').trim() === '');
  return { ...env, ...Object.fromEntries(missing) };
}
