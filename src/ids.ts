/**
 * Opaque ids. Inside, everything is a UUIDv7 (or, for an event, its owner's UUID and a sequence number); at the edge an
 * id is `<type>_<base32hex>`. Base32hex in lower case (RFC 4648 §7) keeps the order of the bytes, so ids sort by creation time.
 */
const ALPHABET = '0123456789abcdefghijklmnopqrstuv';
/** The two characters for every ten bits. */
const PAIRS: readonly string[] = [...ALPHABET].flatMap((one) => [...ALPHABET].map((other) => one + other));
const DASH = 0x2d;

const ID_TYPES = [
  'user',
  'video',
  'scene',
  'generation',
  'provider',
  'session',
  'key',
  'audit',
  'job',
  'alert',
  'backup',
] as const;
export type IdType = (typeof ID_TYPES)[number];

export function encodeId(type: IdType, uuid: string): string {
  return `${type}_${base32(uuid)}`;
}

/** The UUID inside, or null where the text is not an id of that type. */
export function decodeId(type: IdType, id: string): string | null {
  const bytes = unprefixed(type, id);
  return bytes?.length === 16 ? uuidOf(bytes) : null;
}

/** The type in an id, or null. */
export function typeOfId(id: string): IdType | null {
  if (id.length > LONGEST) return null;
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
  return `event_${base32(bytes.toString('hex'))}`;
}

export function decodeEventId(id: string): EventCursorId | null {
  const bytes = unprefixed('event', id);
  if (bytes?.length !== 24) return null;
  const seq = Number(bytes.readBigUInt64BE(16));
  return Number.isSafeInteger(seq) ? { ownerId: uuidOf(bytes.subarray(0, 16)), seq } : null;
}

function isIdType(type: string): type is IdType {
  return ID_TYPES.some((known) => known === type);
}

/** Length of the longest id, an event's. */
const LONGEST = 45;

function unprefixed(prefix: string, id: string): Buffer | null {
  if (id.length > LONGEST) return null;
  return id.startsWith(`${prefix}_`) ? unbase32(id.slice(prefix.length + 1)) : null;
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** From hexadecimal digits, without dashes. It runs for every row of every list: through bytes it took ten times as long. */
function base32(hex: string): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (let index = 0; index < hex.length; index += 1) {
    const code = hex.charCodeAt(index);
    if (code === DASH) continue;
    // '0' to '9' are 0x30 to 0x39, 'a' to 'f' 0x61 to 0x66, 'A' to 'F' 0x41 to 0x46.
    held = (held << 4) | (code > 0x39 ? (code & 0xf) + 9 : code & 0xf);
    bits += 4;
    if (bits < 10) continue;
    bits -= 10;
    text += PAIRS[held >>> bits];
    held &= (1 << bits) - 1;
  }
  // The remaining bits, padded with zeros: one character, or a pair.
  if (bits > 5) return text + PAIRS[held << (10 - bits)];
  return bits > 0 ? text + ALPHABET[held << (5 - bits)] : text;
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
  // Only one text may represent the same bytes, so left-over bits have to be zero.
  return bits < 5 && held === 0 ? Buffer.from(bytes) : null;
}
