/**
 * The environment variables that a program needs to be found and to run: the search path, the folder of temporary files, the
 * language and time zone, and the paths of the dynamic linker. Everything else, in particular secrets, is not passed on.
 */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ', 'LD_LIBRARY_PATH'] as const;

/**
 * The environment of every program that this process starts: an allow-list, because a deny-list of secrets misses the next
 * one. `extra` adds or replaces variables. Only `child_process` calls use it; a cluster member is this program itself and
 * reads its own settings.
 */
export function childEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  // biome-ignore lint/style/noProcessEnv: these are the system's variables, not settings of the app
  const env = process.env;
  const passedOn = PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(passedOn), ...extra };
}
