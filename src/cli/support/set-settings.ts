import { loadConfig } from '../../config.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Every setting that the program knows, and whether it is set: which values it has is not shown. */
export function setSettings(env: Env): Record<string, 'set' | 'unset'> {
  const asked = new Set<string>();
  // What the program reads are the settings that there are; another list would become wrong.
  const observed = new Proxy(env, {
    get: (target, name) => {
      if (typeof name !== 'string') return undefined;
      if (/^[A-Z][A-Z0-9_]{1,80}$/.test(name)) asked.add(name);
      return target[name];
    },
  });
  try {
    loadConfig(observed);
  } catch {
    // Which are wrong is in the diagnosis.
  }
  const state = (name: string) => ((env[name] ?? '').trim() === '' ? 'unset' : 'set');
  return Object.fromEntries([...asked].toSorted().map((name) => [name, state(name)]));
}
