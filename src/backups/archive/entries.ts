import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createDeflate, createInflate } from 'node:zlib';
import { z } from 'zod';
import { damagedArchive } from './archive-error.ts';
import { ByteSource } from './byte-source.ts';

const LENGTH_BYTES = 4;
const MOST_BLOCK = 1_048_576;
const MOST_JSON = 16_777_216;

const entryHead = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('about') }),
  z.object({ kind: z.literal('secrets') }),
  z.object({ kind: z.literal('table'), name: z.string(), columns: z.array(z.string()) }),
  z.object({ kind: z.literal('file'), name: z.string() }),
  z.object({ kind: z.literal('manifest') }),
]);
/** What an entry is. */
export type EntryHead = z.infer<typeof entryHead>;

const entryTail = z.object({ bytes: z.number(), sha256: z.string(), rows: z.number().nullable() });
/** What it contained, before compression. */
export type EntryTail = z.infer<typeof entryTail>;

/** An entry that is being written. */
export interface NewEntry {
  readonly head: EntryHead;
  readonly content: AsyncIterable<Buffer>;
  /** For texts; films and pictures are compressed already. */
  readonly compress: boolean;
  /** The number of rows of a table, called after its content. */
  readonly rows?: () => number;
}

/** The bytes of an entry. `onEnd` learns what it contained. */
export async function* entryBytes(
  { head, content, compress, rows }: NewEntry,
  onEnd: (tail: EntryTail) => void,
): AsyncGenerator<Buffer> {
  yield jsonBytes({ ...head, compress });
  const measured = new Measured();
  const plain = measured.through(content);
  for await (const part of compress ? deflated(plain) : plain) yield* blocksOf(part);
  yield Buffer.alloc(LENGTH_BYTES);
  const tail = { ...measured.result(), rows: rows?.() ?? null };
  yield jsonBytes(tail);
  onEnd(tail);
}

/** An entry that is being read. Its content has to be read to its end, which checks it, before the tail and the next entry. */
export interface ReadEntry {
  readonly head: EntryHead;
  readonly content: AsyncIterable<Buffer>;
  readonly tail: () => EntryTail;
}

/** The entries, one after the other. Throws INVALID_INPUT where they are not as they were written. */
export async function* entriesIn(plain: AsyncIterable<Buffer>): AsyncGenerator<ReadEntry> {
  const source = new ByteSource(plain);
  try {
    for (;;) {
      const prefix = await source.upTo(LENGTH_BYTES);
      if (prefix.length === 0) return;
      const { compress, ...head } = headOf(await jsonIn(source, prefix));
      let tail: EntryTail | undefined;
      const content = checkedContent(source, compress, (found) => {
        tail = found;
      });
      yield {
        head,
        content,
        tail: () => {
          if (!tail) throw new TypeError('The content of an entry has to be read before its tail.');
          return tail;
        },
      };
      // What the caller has left.
      for await (const _ of content);
      if (!tail) throw damagedArchive();
    }
  } catch (thrown) {
    throw thrown instanceof RangeError ? damagedArchive(thrown) : thrown;
  } finally {
    await source.close();
  }
}

async function* checkedContent(
  source: ByteSource,
  compress: boolean,
  onEnd: (tail: EntryTail) => void,
): AsyncGenerator<Buffer> {
  const measured = new Measured();
  const blocks = blocksIn(source);
  yield* measured.through(compress ? inflated(blocks) : blocks);
  const tail = entryTail.safeParse(await jsonIn(source, await source.exactly(LENGTH_BYTES)));
  if (!tail.success) throw damagedArchive(tail.error);
  const { bytes, sha256 } = measured.result();
  if (tail.data.bytes !== bytes || tail.data.sha256 !== sha256) throw damagedArchive();
  onEnd(tail.data);
}

/** Counts and hashes what passes through. */
class Measured {
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;

  async *through(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of parts) {
      this.#hash.update(part);
      this.#bytes += part.length;
      yield part;
    }
  }

  result(): { readonly bytes: number; readonly sha256: string } {
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}

function* blocksOf(part: Buffer): Generator<Buffer> {
  for (let from = 0; from < part.length; from += MOST_BLOCK) {
    const block = part.subarray(from, from + MOST_BLOCK);
    yield lengthBytes(block.length);
    yield block;
  }
}

async function* blocksIn(source: ByteSource): AsyncGenerator<Buffer> {
  for (;;) {
    const length = (await source.exactly(LENGTH_BYTES)).readUInt32BE();
    if (length === 0) return;
    if (length > MOST_BLOCK) throw damagedArchive();
    yield await source.exactly(length);
  }
}

function headOf(json: unknown): EntryHead & { readonly compress: boolean } {
  const parsed = entryHead.and(z.object({ compress: z.boolean() })).safeParse(json);
  if (!parsed.success) throw damagedArchive(parsed.error);
  return parsed.data;
}

async function jsonIn(source: ByteSource, prefix: Buffer): Promise<unknown> {
  if (prefix.length < LENGTH_BYTES || prefix.readUInt32BE() > MOST_JSON) throw damagedArchive();
  try {
    return JSON.parse((await source.exactly(prefix.readUInt32BE())).toString());
  } catch (thrown) {
    throw thrown instanceof SyntaxError ? damagedArchive(thrown) : thrown;
  }
}

function jsonBytes(value: object): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  return Buffer.concat([lengthBytes(json.length), json]);
}

function lengthBytes(length: number): Buffer {
  const bytes = Buffer.alloc(LENGTH_BYTES);
  bytes.writeUInt32BE(length);
  return bytes;
}

async function* deflated(plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* transformed(plain, createDeflate({ level: constants.Z_BEST_SPEED }));
}

async function* inflated(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* transformed(blocks, createInflate());
  } catch (thrown) {
    const isOfZlib = thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('Z_');
    throw isOfZlib ? damagedArchive(thrown) : thrown;
  }
}

async function* transformed(
  parts: AsyncIterable<Buffer>,
  transform: ReturnType<typeof createDeflate | typeof createInflate>,
): AsyncGenerator<Buffer> {
  const feeding = pipeline(Readable.from(parts, { objectMode: true, highWaterMark: 1 }), transform);
  // Reading it fails with the same error.
  feeding.catch(() => undefined);
  for await (const part of transform) yield part;
  await feeding;
}
