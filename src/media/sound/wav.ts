/** A complete WAV file of 16-bit stereo PCM. Both channels have samples from -1 to 1 and the same length. */
export function stereoWav(left: Float32Array, right: Float32Array, sampleRate: number): Uint8Array {
  const dataBytes = left.length * 4;
  const file = Buffer.alloc(44 + dataBytes);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + dataBytes, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 4, 28);
  file.writeUInt16LE(4, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(dataBytes, 40);
  for (let at = 0; at < left.length; at += 1) {
    file.writeInt16LE(pcm(left[at]), 44 + at * 4);
    file.writeInt16LE(pcm(right[at]), 46 + at * 4);
  }
  return file;
}

function pcm(sample = 0): number {
  return Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
}
