import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { Command } from 'commander';
import { AppError } from '../../errors.ts';
import { type ListedSetting, listSettings } from '../../setting-list.ts';
import { escapeControls } from '../escape.ts';
import { tableOf } from '../table.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface ConfigContext {
  /** Variables of the process, which win. */
  readonly environment: () => Env;
  /** The text of the file .env; null where there is none. */
  readonly file: () => string | null;
  readonly print: (text: string) => void;
}

const ownSettings = (): ConfigContext => ({
  environment: () => process.env,
  file: () => (existsSync('.env') ? readFileSync('.env', 'utf8') : null),
  print: (text) => void process.stdout.write(`${text}\n`),
});

/** Names that docker-compose.yml takes from the same file. */
const OF_COMPOSE = [
  'POSTGRES_PASSWORD',
  'REDIS_PASSWORD',
  'GRAFANA_PASSWORD',
  'GRAFANA_PORT',
  'ALERTMANAGER_SLACK_URL',
];

type Source = 'environment' | '.env' | 'default';
type Row = ListedSetting & { readonly source: Source };

interface ConfigOptions {
  readonly set: boolean;
  readonly json: boolean;
}

/** Needs nothing but the settings, which may be wrong. */
export function configCommand(context: ConfigContext = ownSettings()): Command {
  return new Command('config')
    .description(
      'Shows each setting, its value and where it comes from; secrets as set or unset only. Exit status 1 where one is wrong.',
    )
    .option('--set', 'only those that are not left at their default', false)
    .option('--json', 'for scripts', false)
    .action((options: ConfigOptions) => showSettings(context, options));
}

function showSettings({ environment, file, print }: ConfigContext, { set, json }: ConfigOptions): void {
  const own = environment();
  const ofFile: Env = parseEnv(file() ?? '');
  const { settings, problem } = listSettings({ ...ofFile, ...own });
  const rows = settings.map((setting): Row => ({ ...setting, source: sourceOf(setting, own) }));
  const shown = rows.filter(({ isSet, problem: wrong }) => !set || isSet || wrong !== null);
  const known = new Set([...settings.map(({ name }) => name), ...OF_COMPOSE]);
  const unknown = Object.keys(ofFile).filter((name) => !known.has(name));
  if (json) print(JSON.stringify({ settings: shown, unknown, problem }, null, 2));
  else {
    print(tableOf([['SETTING', 'VALUE', 'FROM'], ...shown.map(cellsOf)]));
    for (const name of unknown) print(`${escapeControls(name)} in .env is no setting: nothing reads it.`);
  }
  throwIfWrong(rows, problem);
}

function sourceOf({ name, isSet }: ListedSetting, own: Env): Source {
  if (!isSet) return 'default';
  return own[name] === undefined ? '.env' : 'environment';
}

function cellsOf({ name, value, isSet, isSecret, source, problem }: Row): string[] {
  const shown = isSecret ? (isSet ? 'set' : 'unset') : (value ?? 'unset');
  return [name, `${escapeControls(shown)}${problem === null ? '' : ' (wrong)'}`, source];
}

function throwIfWrong(rows: readonly Row[], problem: string | null): void {
  const wrong = rows.flatMap((row) => (row.problem === null ? [] : [`${row.name}: ${row.problem}.`]));
  if (problem !== null) wrong.push(problem);
  if (wrong.length > 0) throw new AppError('CONFIG_INVALID', wrong.join('\n'));
}
