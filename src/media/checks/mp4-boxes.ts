import { type FileHandle, open } from 'node:fs/promises';

/**
 * True if an MP4's index (`moov`) is before its media (`mdat`), so that playback can begin while it loads. Box layout:
 * ISO/IEC 14496-12, 4.2: 32-bit size, four letters; size 1 means that a 64-bit size follows.
 */
export async function isFastStart(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    for (let at = 0; ; ) {
      const box = await readBox(file, at);
      if (box === null || box.name === 'mdat') return false;
      if (box.name === 'moov') return true;
      at += box.size;
    }
  } finally {
    await file.close();
  }
}

async function readBox(file: FileHandle, at: number): Promise<{ name: string; size: number } | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, at);
  if (bytesRead < 8) return null;
  const size = buffer.readUInt32BE(0) === 1 ? Number(buffer.readBigUInt64BE(8)) : buffer.readUInt32BE(0);
  // A size of 0 means "to the end of the file"; other sizes under 8 are invalid.
  return size < 8 ? null : { name: buffer.toString('latin1', 4, 8), size };
}
