import { type FileHandle, open } from 'node:fs/promises';

/**
 * Whether an MP4's index (`moov`) lies before its media (`mdat`), so that playing can begin while it loads.
 * Box layout: ISO/IEC 14496-12, 4.2: 32-bit size, four letters; size 1 means that 64 bits of size follow.
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
  // A size of 0 means "to the end of the file"; anything else under 8 is no box.
  return size < 8 ? null : { name: buffer.toString('latin1', 4, 8), size };
}
