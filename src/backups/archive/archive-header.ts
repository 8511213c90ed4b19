import { z } from 'zod';
import { damagedArchive, refusedArchive } from './archive-error.ts';

/** The first bytes of every archive. */
export const MAGIC = Buffer.from('AUTOVIDEO-BACKUP\n');
const FORMAT = 1;
const LENGTH_BYTES = 4;
const MOST_BYTES = 65_536;
/** The memory of scrypt is 128 * r * N bytes: a foreign header must not ask for more than 256 MB. */
const MOST_SCRYPT_COST = 262_144;

const bytes = z.base64();
const encryption = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('key'), keyId: z.string(), salt: bytes, check: bytes }),
  z.object({
    kind: z.literal('passphrase'),
    salt: bytes,
    cost: z.number().int().min(2).max(MOST_SCRYPT_COST),
    check: bytes,
  }),
]);
const header = z.object({ format: z.number(), product: z.string(), createdAt: z.string(), encryption });

/** How the chunks are encrypted. `check` shows whether a key is the right one, and reveals nothing of it. */
export type ArchiveEncryption = z.infer<typeof encryption>;

/** What can be read without a key. */
export interface ArchiveHeader {
  /** The version of the program that wrote it. */
  readonly product: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly encryption: ArchiveEncryption;
}

export function headerBytes(facts: ArchiveHeader): Buffer {
  const json = Buffer.from(JSON.stringify({ format: FORMAT, ...facts }));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(json.length);
  return Buffer.concat([MAGIC, length, json]);
}

/** Reads the header from the beginning of a source. Throws INVALID_INPUT for a file that is no archive, or one of a newer format. */
export async function readHeader(read: (length: number) => Promise<Buffer>): Promise<{
  readonly header: ArchiveHeader;
  /** As they are in the file. */
  readonly bytes: Buffer;
}> {
  const magic = await read(MAGIC.length).catch((thrown: unknown) => {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  });
  if (!magic?.equals(MAGIC)) throw refusedArchive('it is not a backup of Auto Video.');
  const length = await read(LENGTH_BYTES);
  const size = length.readUInt32BE();
  if (size > MOST_BYTES) throw damagedArchive();
  const json = await read(size);
  const parsed = header.safeParse(parsedJson(json));
  if (!parsed.success) throw damagedArchive(parsed.error);
  const { format, ...facts } = parsed.data;
  if (format !== FORMAT) throw refusedArchive(`its format is ${format}, and this version reads format ${FORMAT} only.`);
  return { header: facts, bytes: Buffer.concat([magic, length, json]) };
}

function parsedJson(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString());
  } catch (thrown) {
    throw damagedArchive(thrown);
  }
}
