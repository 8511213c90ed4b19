import { readFile } from 'node:fs/promises';
import type { ArchiveSecret } from '../backups/archive/archive-key.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';

const LEAST_CHARACTERS = 12;

/** The keys of the installation, or the passphrase in a file, whose last line break does not count. Throws INVALID_INPUT. */
export async function archiveSecret(
  { encryptionKeys }: Pick<Config, 'encryptionKeys'>,
  { encrypt = true, passphraseFile }: { readonly encrypt?: boolean; readonly passphraseFile?: string | undefined },
): Promise<ArchiveSecret> {
  if (!encrypt && passphraseFile !== undefined)
    throw new AppError('INVALID_INPUT', 'Give --no-encrypt or --passphrase-file, not both.');
  if (!encrypt) return { kind: 'none' };
  if (passphraseFile === undefined) return { kind: 'key', keys: encryptionKeys };
  const text = await readFile(passphraseFile, 'utf8').catch((thrown: unknown) => {
    throw new AppError('INVALID_INPUT', 'The file with the passphrase cannot be read.', { cause: thrown });
  });
  const passphrase = text.replace(/\r?\n$/, '');
  if (passphrase.length < LEAST_CHARACTERS)
    throw new AppError('INVALID_INPUT', `The passphrase must have at least ${LEAST_CHARACTERS} characters.`);
  return { kind: 'passphrase', passphrase };
}
