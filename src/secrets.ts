import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { restrictDataDir } from './folder-permissions.ts';

const key = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64');
const storedSecrets = z.object({ jwtSecret: z.string(), linkSecret: z.string(), encryptionKey: key });

export interface Secrets {
  readonly jwtSecret: string;
  /** Tokens that it signed stay valid; undefined where there is none. */
  readonly previousJwtSecret: string | undefined;
  readonly linkSecret: string;
  /** The first encrypts; all decrypt. 32 bytes each. */
  readonly encryptionKeys: readonly { readonly id: string; readonly key: Buffer }[];
}

/** The settings of these names, of which any may be omitted outside production. */
interface SecretSettings {
  readonly NODE_ENV: string;
  readonly JWT_SECRET?: string | undefined;
  readonly JWT_SECRET_PREVIOUS?: string | undefined;
  readonly LINK_SECRET?: string | undefined;
  /** "id:base64key,olderid:base64key" */
  readonly ENCRYPTION_KEYS?: string | undefined;
}

/**
 * Reads the settings; omitted secrets are created once and stored in DATA_DIR, readable only by their owner.
 *
 * Throws CONFIG_INVALID if production omits one, if a key has the wrong length, or if the stored file is damaged.
 */
export function secretsFrom(settings: SecretSettings, dataDir: string): Secrets {
  const { JWT_SECRET, JWT_SECRET_PREVIOUS: previousJwtSecret, LINK_SECRET, ENCRYPTION_KEYS } = settings;
  if (JWT_SECRET && LINK_SECRET && ENCRYPTION_KEYS)
    return {
      jwtSecret: JWT_SECRET,
      previousJwtSecret,
      linkSecret: LINK_SECRET,
      encryptionKeys: parseKeys(ENCRYPTION_KEYS),
    };
  if (settings.NODE_ENV === 'production') {
    const missing = Object.entries({ JWT_SECRET, LINK_SECRET, ENCRYPTION_KEYS }).filter(([, value]) => !value);
    const names = missing.map(([name]) => name).join(', ');
    throw new AppError('CONFIG_INVALID', `In production these settings must be given: ${names}. See .env.example.`);
  }
  const stored = storedSecretsIn(dataDir);
  return {
    jwtSecret: JWT_SECRET ?? stored.jwtSecret,
    previousJwtSecret,
    linkSecret: LINK_SECRET ?? stored.linkSecret,
    encryptionKeys: ENCRYPTION_KEYS
      ? parseKeys(ENCRYPTION_KEYS)
      : [{ id: 'local', key: Buffer.from(stored.encryptionKey, 'base64') }],
  };
}

function parseKeys(text: string): Secrets['encryptionKeys'] {
  return text.split(',').map((entry) => {
    const [id = '', encoded = ''] = entry.split(':');
    const parsed = key.safeParse(encoded);
    if (!parsed.success)
      throw new AppError(
        'CONFIG_INVALID',
        `The setting ENCRYPTION_KEYS is wrong: the key "${id}" must be 32 bytes in base64.`,
      );
    return { id, key: Buffer.from(parsed.data, 'base64') };
  });
}

function storedSecretsIn(dataDir: string): z.infer<typeof storedSecrets> {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) writeNewSecrets(dataDir, path);
  try {
    return storedSecrets.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (thrown) {
    const sentence = 'The file secrets.json in DATA_DIR cannot be read or is damaged: restore it from a backup.';
    throw new AppError('CONFIG_INVALID', sentence, { cause: thrown });
  }
}

/** Two processes may start at once: the first to link the file wins, and both read that file. */
function writeNewSecrets(dataDir: string, path: string): void {
  restrictDataDir(dataDir);
  const random = () => randomBytes(32).toString('base64');
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ jwtSecret: random(), linkSecret: random(), encryptionKey: random() }), {
    mode: 0o600,
  });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  } finally {
    rmSync(draft, { force: true });
  }
}
