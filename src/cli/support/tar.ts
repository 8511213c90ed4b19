/** A file of an archive; its name has at most 100 ASCII characters. */
export interface ArchivedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const BLOCK = 512;
const CHECKSUM = { at: 148, length: 8 } as const;

/** A tar archive (POSIX ustar) of files that their owner alone may read. */
export function tarOf(files: readonly ArchivedFile[], modified: Date): Buffer {
  const parts = files.flatMap(({ name, bytes }) => [
    headerOf(name, bytes.length, modified),
    bytes,
    padding(bytes.length),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function headerOf(name: string, size: number, modified: Date): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  const fields: readonly (readonly [at: number, text: string])[] = [
    [0, name],
    [100, octal(0o600, 7)],
    [108, octal(0, 7)],
    [116, octal(0, 7)],
    [124, octal(size, 11)],
    [136, octal(Math.floor(modified.getTime() / 1_000), 11)],
    // The checksum counts its own field as blanks.
    [CHECKSUM.at, ' '.repeat(CHECKSUM.length)],
    [156, '0'],
    [257, 'ustar\x0000'],
  ];
  for (const [at, text] of fields) header.write(text, at, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, CHECKSUM.at, 'latin1');
  return header;
}

function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}
