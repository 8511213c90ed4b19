/** 16-bit mono sound as samples; the speech program sends it in this machine's byte order, which WAV shares: little-endian. */

/** A sample below this is silence: −55 dB of full scale, below the quietest "f" of espeak-ng. */
const audible = 60;
/** Silence kept before and after the sound, in seconds, so that quiet beginnings and endings are not cut off. */
const keptBefore = 0.01;
const keptAfter = 0.02;

/** [start, end) of the audible part, in samples; undefined for silence throughout. */
export function audibleRange(samples: Int16Array, sampleRate: number): { start: number; end: number } | undefined {
  const first = samples.findIndex((sample) => Math.abs(sample) > audible);
  if (first < 0) return undefined;
  const last = samples.findLastIndex((sample) => Math.abs(sample) > audible);
  return {
    start: Math.max(0, first - Math.round(keptBefore * sampleRate)),
    end: Math.min(samples.length, last + 1 + Math.round(keptAfter * sampleRate)),
  };
}

/** Samples from bytes that may begin at an odd address. */
export function samplesOf(bytes: Uint8Array): Int16Array {
  const even = bytes.byteLength - (bytes.byteLength % 2);
  // A Buffer's slice() would share its memory.
  return new Int16Array(new Uint8Array(bytes.subarray(0, even)).buffer);
}

/** A complete WAV file, PCM 16 bit mono. Header: Microsoft/IBM "Multimedia Programming Interface and Data Specifications 1.0". */
export function wavFile(parts: readonly Int16Array[], sampleRate: number): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const wav = new Uint8Array(44 + length);
  writeHeader(new DataView(wav.buffer), length, sampleRate);
  let at = 44;
  for (const part of parts) {
    wav.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return wav;
}

function writeHeader(view: DataView, length: number, sampleRate: number): void {
  const tag = (at: number, name: string): void => {
    for (let character = 0; character < name.length; character += 1)
      view.setUint8(at + character, name.charCodeAt(character));
  };
  tag(0, 'RIFF');
  view.setUint32(4, 36 + length, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, length, true);
}
