import { z } from 'zod';
import { AppError } from '../../errors.ts';

/** Of V8's format: each node has these numbers among others. */
const snapshotHeader = z.object({
  snapshot: z.object({
    meta: z.object({
      node_fields: z.array(z.string()),
      node_types: z.tuple([z.array(z.string())]).rest(z.unknown()),
    }),
    node_count: z.int().nonnegative(),
  }),
});

/** Objects of one kind. */
export interface Tally {
  count: number;
  /** Their own size, without what they refer to. */
  bytes: number;
}

const HEADER_BYTES = 64 * 1_024;
/** Names are those of constructors; longer ones are not read. */
const NAME_BYTES = 1_000;
const LONG_NAME = '(a long name)';
const [ZERO, NINE, QUOTE, BACKSLASH, BRACKET] = [0x30, 0x39, 0x22, 0x5c, 0x5d];
/** Nodes of these types are counted by their names, the others by their type: the name of a string is its text. */
const NAMED = new Set(['object', 'native']);

/**
 * Counts the nodes of a heap snapshot by constructor or type. It is pushed through in parts, so that memory grows with the number of
 * names and not with the file, of which JSON.parse would need many times the size. Linear time.
 */
export class SnapshotScan {
  #step: (rest: Buffer) => Buffer = (rest) => this.#header(rest);
  /** What was read of the header, or the end of a part in which the beginning of a heading may be. */
  #held: Buffer = Buffer.alloc(0);
  #types: readonly string[] = [];
  #nodeCount = 0;
  #fields = { width: 1, type: -1, name: -1, size: -1 };
  readonly #byType: Tally[] = [];
  readonly #byName = new Map<number, Tally>();
  // Of the nodes.
  #number = 0;
  #column = 0;
  #nodes = 0;
  #node = { type: 0, name: 0 };
  // Of the strings.
  #index = 0;
  #inString = false;
  #isEscaped = false;
  #name: number[] | null = null;
  readonly #names = new Map<number, string>();
  #isComplete = false;

  push(part: Buffer): void {
    let rest = part;
    while (rest.length > 0 && !this.#isComplete) rest = this.#step(rest);
  }

  /** Throws INVALID_INPUT where it was no whole snapshot. */
  result(): ReadonlyMap<string, Tally> {
    if (!this.#isComplete || this.#nodes !== this.#nodeCount) throw noSnapshot();
    const tallies = new Map<string, Tally>();
    for (const [type, tally] of this.#byType.entries())
      if (tally) tallies.set(nameOfType(this.#types[type] ?? ''), tally);
    for (const [index, { count, bytes }] of this.#byName) {
      const name = this.#names.get(index);
      if (name === undefined) throw noSnapshot();
      const before = tallies.get(name) ?? { count: 0, bytes: 0 };
      tallies.set(name, { count: before.count + count, bytes: before.bytes + bytes });
    }
    return tallies;
  }

  #header(rest: Buffer): Buffer {
    this.#held = Buffer.concat([this.#held, rest]);
    const end = this.#held.indexOf('"nodes":[');
    if ((end === -1 ? this.#held.length : end) > HEADER_BYTES || this.#held[0] !== 0x7b) throw noSnapshot();
    if (end === -1) return Buffer.alloc(0);
    this.#readHeader(this.#held.subarray(0, end).toString('utf8'));
    this.#step = (part) => this.#numbers(part);
    return this.#held.subarray(end + '"nodes":['.length);
  }

  #readHeader(text: string): void {
    const read = snapshotHeader.safeParse(parsed(`${text.trim().replace(/,$/, '')}}`));
    if (!read.success) throw noSnapshot();
    const { meta, node_count } = read.data.snapshot;
    const columnOf = (name: string) => meta.node_fields.indexOf(name);
    this.#fields = {
      width: meta.node_fields.length,
      type: columnOf('type'),
      name: columnOf('name'),
      size: columnOf('self_size'),
    };
    if (this.#fields.type !== 0 || this.#fields.name !== 1 || this.#fields.size < 2) throw noSnapshot();
    this.#types = meta.node_types[0];
    this.#nodeCount = node_count;
  }

  #numbers(part: Buffer): Buffer {
    for (let at = 0; at < part.length; at++) {
      const byte = part[at] ?? 0;
      if (byte >= ZERO && byte <= NINE) this.#number = this.#number * 10 + byte - ZERO;
      else if (byte === 0x2c) this.#endNumber();
      else if (byte === BRACKET) {
        this.#endNumber();
        this.#held = Buffer.alloc(0);
        this.#step = (rest) => this.#untilStrings(rest);
        return part.subarray(at + 1);
      }
    }
    return Buffer.alloc(0);
  }

  #endNumber(): void {
    if (this.#column === this.#fields.type) this.#node.type = this.#number;
    else if (this.#column === this.#fields.name) this.#node.name = this.#number;
    else if (this.#column === this.#fields.size) this.#count(this.#number);
    this.#number = 0;
    this.#column++;
    if (this.#column < this.#fields.width) return;
    this.#column = 0;
    this.#nodes++;
  }

  #count(bytes: number): void {
    const { type, name } = this.#node;
    const isNamed = NAMED.has(this.#types[type] ?? '');
    let tally = isNamed ? this.#byName.get(name) : this.#byType[type];
    if (tally === undefined) {
      tally = { count: 0, bytes: 0 };
      if (isNamed) this.#byName.set(name, tally);
      else this.#byType[type] = tally;
    }
    tally.count++;
    tally.bytes += bytes;
  }

  /** Between nodes and strings are only numbers, so that the heading cannot be part of a text. */
  #untilStrings(rest: Buffer): Buffer {
    const heading = '"strings":[';
    const text = Buffer.concat([this.#held, rest]);
    const found = text.indexOf(heading);
    if (found === -1) {
      this.#held = text.subarray(Math.max(0, text.length - heading.length));
      return Buffer.alloc(0);
    }
    this.#step = (part) => this.#strings(part);
    return text.subarray(found + heading.length);
  }

  #strings(part: Buffer): Buffer {
    for (let at = 0; at < part.length && !this.#isComplete; at++) {
      const byte = part[at] ?? 0;
      if (this.#inString) this.#inText(byte);
      else if (byte === BRACKET) this.#isComplete = true;
      else if (byte === QUOTE) {
        this.#inString = true;
        this.#name = this.#byName.has(this.#index) ? [] : null;
      }
    }
    return Buffer.alloc(0);
  }

  #inText(byte: number): void {
    if (byte === QUOTE && !this.#isEscaped) this.#endString();
    else {
      this.#isEscaped = byte === BACKSLASH && !this.#isEscaped;
      if (this.#name && this.#name.length <= NAME_BYTES) this.#name.push(byte);
    }
  }

  #endString(): void {
    if (this.#name) this.#names.set(this.#index, decoded(this.#name));
    this.#name = null;
    this.#inString = false;
    this.#index++;
  }
}

function decoded(bytes: readonly number[]): string {
  if (bytes.length > NAME_BYTES) return LONG_NAME;
  const text = parsed(`"${Buffer.from(bytes).toString('utf8')}"`);
  if (typeof text !== 'string') throw noSnapshot();
  return text;
}

/** In parentheses, as in the developer tools of Chrome, because they are no constructors. */
function nameOfType(type: string): string {
  return `(${type})`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function noSnapshot(): AppError {
  return new AppError('INVALID_INPUT', 'It is no heap snapshot, or not a whole one.');
}
