import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { type AccountServices, openAccounts } from '../../command-services.ts';
import type { Config } from '../../config.ts';
import { AppError } from '../../errors.ts';
import { settings } from '../settings.ts';
import { tableOf } from '../table.ts';

const KEY_BYTES = 32;
const ID_BYTES = 3;

/** The world around the commands, which tests replace. */
interface Terminal {
  readonly config: () => Pick<Config, 'encryptionKeys'>;
  readonly open: () => Promise<Pick<AccountServices, 'reEncrypt' | 'close'>>;
  readonly print: (text: string) => void;
}

const TERMINAL: Terminal = {
  config: settings,
  open: () => openAccounts(settings()),
  print: (text) => void process.stdout.write(`${text}\n`),
};

export function keysCommand({ config, open, print }: Terminal = TERMINAL): Command {
  const keys = new Command('keys').description('Manages the keys that encrypt fields of the database.');
  keys
    .command('new')
    .description('Prints a new entry for ENCRYPTION_KEYS, and changes nothing. Put it behind the keys in use first.')
    .action(() => {
      const id = `k${randomBytes(ID_BYTES).toString('hex')}`;
      print(`${id}:${randomBytes(KEY_BYTES).toString('base64')}`);
    });
  keys
    .command('rotate')
    .description('Encrypts every stored field with the first key of ENCRYPTION_KEYS. The installation may be running.')
    .action(async () => {
      const [current, ...older] = config().encryptionKeys.map(({ id }) => id);
      const opened = await open();
      const columns = await opened.reEncrypt().finally(() => opened.close());
      const rows = columns.map(({ column, renewed, unreadable }) => [column, String(renewed), String(unreadable)]);
      print(tableOf([['column', 'encrypted anew', 'unreadable'], ...rows]));
      const unreadable = columns.reduce((sum, column) => sum + column.unreadable, 0);
      if (unreadable > 0)
        throw new AppError(
          'CONFIG_INVALID',
          `${unreadable} fields cannot be decrypted: add the key that encrypted them to ENCRYPTION_KEYS, and run it again.`,
        );
      print(`Every field is encrypted with the key ${current}.`);
      if (older.length > 0) print(`No field needs ${older.join(', ')} any more: remove it from ENCRYPTION_KEYS.`);
    });
  return keys;
}
