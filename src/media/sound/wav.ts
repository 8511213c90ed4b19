import { endianness } from 'node:os';

const HEADER_BYTES = 44;

/** A complete WAV file of 16-bit stereo PCM. Both channels have samples from -1 to 1 and the same length. */
export function stereoWav(left: Float32Array, right: Float32Array, sampleRate: number): Uint8Array {
  const dataBytes = left.length * 4;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  const file = new Uint8Array(HEADER_BYTES + dataBytes);
  file.set(header);
  // A typed array writes millions of samples in a tenth of the time of Buffer's methods.
  const samples = new Int16Array(file.buffer, HEADER_BYTES);
  for (let at = 0; at < left.length; at += 1) {
    samples[2 * at] = pcm(left[at]);
    samples[2 * at + 1] = pcm(right[at]);
  }
  if (endianness() === 'BE') Buffer.from(file.buffer, HEADER_BYTES).swap16();
  return file;
}

function pcm(sample = 0): number {
  return Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
}
