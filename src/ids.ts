/**
 * Opaque ids. Inside, everything is a UUIDv7 (or, for an event, its owner's UUID and a sequence number); at the edge an
 * id is `<type>_<base32hex>`. Base32hex in lower case (RFC 4648 §7) keeps the order of the bytes, so ids sort by creation time.
 */
const ALPHABET = '0123456789abcdefghijklmnopqrstuv';

export type IdType = 'user' | 'video' | 'scene' | 'provider' | 'session' | 'job';

export function encodeId(type: IdType, uuid: string): string {
  return `${type}_${base32(bytesOf(uuid))}`;
}

/** The UUID inside, or null where the text is not an id of that type. */
export function decodeId(type: IdType, id: string): string | null {
  const bytes = unprefixed(type, id);
  return bytes?.length === 16 ? uuidOf(bytes) : null;
}

/** The type that an id names, or null. */
export function typeOfId(id: string): IdType | null {
  const type = id.slice(0, id.indexOf('_'));
  return isIdType(type) && decodeId(type, id) !== null ? type : null;
}

export interface EventCursorId {
  readonly ownerId: string;
  readonly seq: number;
}

/** A cursor of the progress log: sorts by owner, then by sequence. */
export function encodeEventId({ ownerId, seq }: EventCursorId): string {
  const bytes = Buffer.alloc(24);
  bytesOf(ownerId).copy(bytes);
  bytes.writeBigUInt64BE(BigInt(seq), 16);
  return `event_${base32(bytes)}`;
}

export function decodeEventId(id: string): EventCursorId | null {
  const bytes = unprefixed('event', id);
  if (bytes?.length !== 24) return null;
  const seq = Number(bytes.readBigUInt64BE(16));
  return Number.isSafeInteger(seq) ? { ownerId: uuidOf(bytes.subarray(0, 16)), seq } : null;
}

function isIdType(type: string): type is IdType {
  return ['user', 'video', 'scene', 'provider', 'session', 'job'].includes(type);
}

function unprefixed(prefix: string, id: string): Buffer | null {
  return id.startsWith(`${prefix}_`) ? unbase32(id.slice(prefix.length + 1)) : null;
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function base32(bytes: Buffer): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET.charAt((held >>> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text;
}

function unbase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >>> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  // Only one text may stand for the same bytes, so left-over bits have to be zero.
  return bits < 5 && held === 0 ? Buffer.from(bytes) : null;
}
