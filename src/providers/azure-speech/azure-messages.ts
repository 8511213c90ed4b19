/** A message of the Speech service: headers such as "Path", in lower case, and a body. */
export interface SpeechMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const HEADERS_END = Buffer.from('\r\n\r\n');
/** In front of a binary message: the length of its headers. */
const LENGTH_BYTES = 2;

/** A text message as it is sent. */
export function textMessage(path: string, requestId: string, contentType: string, body: string, now: Date): string {
  const headers = [
    `Path: ${path}`,
    `X-RequestId: ${requestId}`,
    `X-Timestamp: ${now.toISOString()}`,
    `Content-Type: ${contentType}`,
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}

/** Reads a message; undefined for one in another form. */
export function readMessage(data: Buffer, isBinary: boolean): SpeechMessage | undefined {
  if (isBinary) {
    if (data.length < LENGTH_BYTES) return undefined;
    const end = LENGTH_BYTES + data.readUInt16BE(0);
    return end > data.length
      ? undefined
      : { headers: headersIn(data.subarray(LENGTH_BYTES, end)), body: data.subarray(end) };
  }
  const end = data.indexOf(HEADERS_END);
  if (end < 0) return undefined;
  return { headers: headersIn(data.subarray(0, end)), body: data.subarray(end + HEADERS_END.length) };
}

function headersIn(bytes: Buffer): Readonly<Record<string, string>> {
  return Object.fromEntries(
    bytes
      .toString('utf8')
      .split('\r\n')
      .flatMap((line) => {
        const colon = line.indexOf(':');
        return colon < 0 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
      }),
  );
}
