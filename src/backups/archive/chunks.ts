import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { damagedArchive } from './archive-error.ts';
import { ByteSource } from './byte-source.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
/** In the length of a chunk: it is the last one. */
const FINAL = 0x8000_0000;
/** Plain bytes of each chunk but the last. */
export const CHUNK_BYTES = 262_144;

/** What every chunk is bound to: the key, undefined where nothing is encrypted, and the header. */
export interface ChunkSeal {
  readonly key: Buffer | undefined;
  readonly header: Buffer;
}

/**
 * Cuts bytes into chunks. Each is authenticated together with its number, the header, and whether it is the last one, so that an archive is
 * not read whose chunks were changed, exchanged, repeated or left out, or that ends early (the STREAM construction of Hoang, Reyhanitabar,
 * Rogaway and Vizár). Without a key, a hash in the same place shows damage, but not what was done on purpose.
 */
export async function* sealed(plain: AsyncIterable<Buffer>, seal: ChunkSeal): AsyncGenerator<Buffer> {
  const source = new ByteSource(plain);
  const header = createHash('sha256').update(seal.header).digest();
  let chunk = await source.upTo(CHUNK_BYTES);
  for (let number = 0; ; number++) {
    const next = await source.upTo(CHUNK_BYTES);
    const isFinal = next.length === 0;
    yield sealedChunk(chunk, { key: seal.key, header, nonce: nonceOf(number, isFinal), isFinal });
    if (isFinal) return;
    chunk = next;
  }
}

/** The plain bytes. Throws INVALID_INPUT at the first chunk that is not what was written, and for bytes after the last one. */
export async function* opened(source: ByteSource, seal: ChunkSeal): AsyncGenerator<Buffer> {
  const header = createHash('sha256').update(seal.header).digest();
  for (let number = 0; ; number++) {
    const prefix = await whole(source, LENGTH_BYTES);
    const isFinal = (prefix.readUInt32BE() & FINAL) !== 0;
    const length = prefix.readUInt32BE() % FINAL;
    if (length > CHUNK_BYTES) throw damagedArchive();
    const bytes = await whole(source, length + TAG_BYTES);
    yield openedChunk(bytes, { key: seal.key, header, nonce: nonceOf(number, isFinal), isFinal });
    if (isFinal) break;
  }
  if ((await source.upTo(1)).length > 0) throw damagedArchive();
}

interface ChunkPlace {
  readonly key: Buffer | undefined;
  readonly header: Buffer;
  readonly nonce: Buffer;
  readonly isFinal: boolean;
}

function sealedChunk(plain: Buffer, { key, header, nonce, isFinal }: ChunkPlace): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(plain.length + (isFinal ? FINAL : 0));
  if (!key) return Buffer.concat([length, plain, digestOf(plain, header, nonce)]);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(header);
  return Buffer.concat([length, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openedChunk(bytes: Buffer, { key, header, nonce }: ChunkPlace): Buffer {
  const [content, tag] = [bytes.subarray(0, -TAG_BYTES), bytes.subarray(-TAG_BYTES)];
  if (!key) {
    if (!timingSafeEqual(tag, digestOf(content, header, nonce))) throw damagedArchive();
    return content;
  }
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(header).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(content), decipher.final()]);
  } catch (thrown) {
    throw damagedArchive(thrown);
  }
}

/** The number of the chunk, and whether it is the last one. A key is used for one archive only, so it is used once. */
function nonceOf(number: number, isFinal: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt8(isFinal ? 1 : 0);
  nonce.writeBigUInt64BE(BigInt(number), NONCE_BYTES - 8);
  return nonce;
}

function digestOf(plain: Buffer, header: Buffer, nonce: Buffer): Buffer {
  return createHash('sha256').update(header).update(nonce).update(plain).digest().subarray(0, TAG_BYTES);
}

async function whole(source: ByteSource, length: number): Promise<Buffer> {
  try {
    return await source.exactly(length);
  } catch (thrown) {
    throw thrown instanceof RangeError ? damagedArchive(thrown) : thrown;
  }
}
