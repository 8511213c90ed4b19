import { rm, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { AppError } from '../../errors.ts';
import { diagnosedSettings } from '../doctor/diagnosed-settings.ts';
import { diagnosedInstallation } from '../doctor/installation.ts';
import { environment } from '../settings.ts';
import { type SupportBundleParts, supportBundle } from '../support/support-bundle.ts';

export interface SupportBundleContext {
  readonly parts: () => SupportBundleParts;
  readonly print: (text: string | Buffer) => void;
  /** Called once, at the end. */
  readonly finish: () => void;
}

/** The installation of the settings. What did not answer must not keep the process from ending. */
const ownInstallation = (): SupportBundleContext => ({
  parts: () => {
    const env = environment();
    return { installation: diagnosedInstallation(diagnosedSettings(env)), env };
  },
  print: (output) => void process.stdout.write(output),
  finish: () => void process.stdout.write('', () => process.exit(0)),
});

const OWNER_ONLY = 0o600;

/** `support-bundle` writes what support needs, without secrets; it works while what it describes is broken. */
export function supportBundleCommand(context: SupportBundleContext = ownInstallation()): Command {
  return new Command('support-bundle')
    .description(
      'Writes a .tar.gz for support: diagnosis, versions, resources, queues and the end of the log, without secrets.',
    )
    .option('--to <file>', 'where to; - is standard output', defaultName())
    .action(async ({ to }: { to: string }) => {
      const bundle = await supportBundle(context.parts());
      if (to === '-') context.print(bundle);
      else {
        await write(to, bundle);
        context.print(`${to} is written. Read it before you pass it on: tar -xzf ${to}\n`);
      }
      context.finish();
    });
}

function defaultName(): string {
  return `autovideo-support-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.tar.gz`;
}

async function write(file: string, bundle: Buffer): Promise<void> {
  try {
    await writeFile(file, bundle, { flag: 'wx', mode: OWNER_ONLY });
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    // The beginning of an archive is of no use.
    if (code === 'ENOSPC') await rm(file, { force: true });
    const causes: Readonly<Record<string, string>> = {
      EEXIST: 'it is there already',
      ENOSPC: 'the disk is full; --to - writes to standard output',
      EACCES: 'this account may not write there',
      ENOENT: 'its folder is missing',
      EROFS: 'the disk is read-only; --to - writes to standard output',
    };
    throw new AppError('INVALID_INPUT', `${file} cannot be written: ${causes[code] ?? code}.`, { cause: thrown });
  }
}
