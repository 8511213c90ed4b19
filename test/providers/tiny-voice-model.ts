/**
 * A voice model for the real sherpa-onnx in 700 bytes: a tone, whose length follows the number of letters. It is a VITS model of
 * characters, so that it needs no data of espeak-ng. The numbers of the fields are those of onnx.proto in the ONNX project.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const SAMPLE_RATE = 22_050;
export const SECONDS_PER_LETTER = 0.05;
const HERTZ = 220;

const FLOAT = 1;
const INT64 = 7;
const VARINT = 0;
const BYTES = 2;
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789,.:;!?'-", ' '];

/** Writes model, tokens and empty data of espeak-ng, as in an unpacked archive of the sherpa-onnx project. */
export async function writeTinyModel(folder: string): Promise<void> {
  const data = join(folder, 'espeak-ng-data');
  await mkdir(data, { recursive: true });
  for (const name of ['phontab', 'phonindex', 'phondata', 'intonations']) await writeFile(join(data, name), '');
  await writeFile(join(folder, 'tokens.txt'), LETTERS.map((letter, id) => `${letter} ${id}\n`).join(''));
  await writeFile(join(folder, 'en_US-tone-low.onnx'), tinyModel());
}

function tinyModel(): Uint8Array {
  const metadata = {
    comment: 'coqui',
    frontend: 'characters',
    language: 'English',
    sample_rate: String(SAMPLE_RATE),
    n_speakers: '1',
    use_eos_bos: '0',
  };
  return message(
    number(1, 8), // version of the format
    field(7, toneGraph()),
    field(8, message(field(1, text('')), number(2, 13))), // operators of version 13
    ...Object.entries(metadata).map(([key, value]) => field(14, message(field(1, text(key)), field(2, text(value))))),
  );
}

/** sin(step × (0, 1, 2 …)) × level, with as many samples as the letters need at the requested pace. */
function toneGraph(): Uint8Array {
  return message(
    node('Gather', ['input_lengths', 'first'], 'letters'),
    node('Cast', ['letters'], 'letters_float', castTo(FLOAT)),
    node('Gather', ['scales', 'second'], 'length_scale'),
    node('Mul', ['letters_float', 'samples_per_letter'], 'samples_at_normal_pace'),
    node('Mul', ['samples_at_normal_pace', 'length_scale'], 'samples_float'),
    node('Cast', ['samples_float'], 'samples', castTo(INT64)),
    node('Range', ['first', 'samples', 'second'], 'times'),
    node('Cast', ['times'], 'times_float', castTo(FLOAT)),
    node('Mul', ['times_float', 'step'], 'phases'),
    node('Sin', ['phases'], 'tone'),
    node('Mul', ['tone', 'level'], 'output'),
    field(2, text('tone')),
    constant('first', INT64, new BigInt64Array([0n])),
    constant('second', INT64, new BigInt64Array([1n])),
    constant('samples_per_letter', FLOAT, new Float32Array([SAMPLE_RATE * SECONDS_PER_LETTER])),
    constant('step', FLOAT, new Float32Array([(2 * Math.PI * HERTZ) / SAMPLE_RATE])),
    constant('level', FLOAT, new Float32Array([0.3])),
    tensor(11, 'input', INT64, number(1, 1), field(2, text('letters'))),
    tensor(11, 'input_lengths', INT64, number(1, 1)),
    tensor(11, 'scales', FLOAT, number(1, 3)), // of the noise, of the length, of the noise of lengths
    tensor(12, 'output', FLOAT, field(2, text('samples'))),
  );
}

function node(operator: string, inputs: readonly string[], output: string, ...attributes: Uint8Array[]): Uint8Array {
  const named = inputs.map((input) => field(1, text(input)));
  return field(1, message(...named, field(2, text(output)), field(4, text(operator)), ...attributes));
}

function castTo(type: number): Uint8Array {
  return field(5, message(field(1, text('to')), number(3, type), number(20, 2)));
}

/** A number without dimensions. */
function constant(name: string, type: number, value: BigInt64Array | Float32Array): Uint8Array {
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return field(5, message(number(2, type), field(8, text(name)), field(9, bytes)));
}

/** The name and type of an input (field 11) or output (field 12) of the graph. Each dimension is a number or a name. */
function tensor(of: number, name: string, type: number, ...dimensions: Uint8Array[]): Uint8Array {
  const shape = message(...dimensions.map((dimension) => field(1, dimension)));
  return field(of, message(field(1, text(name)), field(2, field(1, message(number(1, type), field(2, shape))))));
}

function message(...parts: Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

function field(id: number, content: Uint8Array): Uint8Array {
  return message(varint(id * 8 + BYTES), varint(content.length), content);
}

function number(id: number, value: number): Uint8Array {
  return message(varint(id * 8 + VARINT), varint(value));
}

function text(value: string): Uint8Array {
  return Buffer.from(value, 'utf8');
}

/** Seven bits a byte, the lowest first; all bytes but the last have the highest bit. */
function varint(value: number): Uint8Array {
  return value < 128 ? Buffer.of(value) : message(Buffer.of((value % 128) + 128), varint(Math.floor(value / 128)));
}
