/** A text of about the given number of UTF-16 units. */
export type Shape = (length: number) => string;

/**
 * Texts that have made, or could make, a function take more than linear time. Each grows without changing its
 * structure.
 */
export const SHAPES: Readonly<Record<string, Shape>> = {
  'open brackets and digits': repeated('(1111'),
  'asterisks before words': repeated('*a '),
  'bold asterisks': repeated('**a'),
  'underscores before words': repeated('_a '),
  'hash signs inside a heading': (length) => `# ${'#'.repeat(length)}x`,
  headings: repeated('# ####x\n'),
  'headings and spaces': (length) => `#${' '.repeat(length)}x`,
  'Chinese ends and quotation marks': repeated('。」」'),
  'one Chinese end and many quotation marks': (length) => `文。${'」'.repeat(length)}文`,
  'wide spaces before a line feed': (length) => `文${'\u3000'.repeat(length / 2)}\n${'\u3000'.repeat(length / 2)}x`,
  'wide spaces': (length) => `a${'\u3000'.repeat(length)}文`,
  'line feeds': (length) => `a${'\n'.repeat(length)}b`,
  'line feeds and spaces': repeated(' \n'),
  'paragraphs of one letter': repeated('a\n\n'),
  'silent paragraphs': (length) => `a${'\n\n.'.repeat(length / 3)}`,
  'spaces and one letter': (length) => `a${' '.repeat(length)}b`,
  'sentences that depend on each other': repeated('It. '),
  'sentences of two words': repeated('I am. '),
  'abbreviations in a row': repeated('Dr. '),
  'open quotations': repeated('“No. '),
  'straight quotation marks': repeated('"No." '),
  bullets: repeated('- a\n'),
  numbers: repeated('1. a\n'),
  names: distinct((i) => `Anna Bell${i} `),
  'different words': distinct((i) => `word${i} `),
  'different sentences': distinct((i) => `The word${i} is here. `),
  'open square brackets': repeated('['),
  'link middles': repeated(']('),
  'links without an end': repeated('[a](b'),
  'pictures without an end': repeated('![a]('),
  'link titles without an end': repeated('[a](b "'),
  'footnotes without an end': repeated('[^'),
  'comments without an end': repeated('<!--'),
  backticks: repeated('`a``b'),
  tildes: repeated('~~a '),
  'tildes alone': repeated('~'),
  'angle brackets': repeated('<'),
  ampersands: repeated('&'),
  'nested quotations': repeated('>'),
  'nested quotations and spaces': repeated('> '),
  'nested bullets': repeated('- - '),
  'asterisks after words': repeated('a* '),
  'rows of a table': (length) => `|a|b|\n|-|-|\n${'|a|b|\n'.repeat(length / 6)}`,
  'columns of a table': (length) => `${'|a'.repeat(length / 4)}\n${'|-'.repeat(length / 4)}\n`,
  'definitions of links': repeated('[a]: b\n'),
  'references without a definition': repeated('[x][y] '),
  'open fences': repeated('```\na\n'),
  'rules below text': repeated('a\n---\n'),
  'open tags of HTML': repeated('<div>'),
  'open tags of two kinds': repeated('<b><i>'),
  'closing tags of other kinds': repeated('<b>a</i>'),
  'closing tags alone': repeated('</p>'),
  'attributes without an end': (length) => `<p ${'b=c '.repeat(length / 4)}`,
  'cells of HTML': repeated('<table><tr><td>'),
  'raised HTML': repeated('<p>a<sup>1'),
  'times of a chat': repeated('14:05 a\n'),
  'times of subtitles': repeated('00:01.000 --> 00:02.000\na\n'),
  'headers of a message': repeated('Subject: a\n'),
  'full stops inside words': repeated('hot.The '),
  'marks of footnotes': repeated('a.[1]'),
  'commas and spaces': (length) => `a${', '.repeat(length / 2)}b`,
  'combining marks out of order': (length) => `a${'\u0300'.repeat(length / 2)}${'\u0323'.repeat(length / 2)}`,
  'combining marks in turns': repeated('\u0300\u0323'),
  'half-width voiced marks': repeated('\uFF9E\u0300'),
  'joined emoji': repeated('👩‍👩‍👧'),
  'emoji parts without an end': repeated('👩‍'),
  digits: repeated('1'),
  zeros: repeated('0'),
  'digit groups': repeated('1,111'),
  'decimal points': repeated('1.1'),
  'digits and dashes': repeated('1-'),
  'one very long word': repeated('a'),
  'capital letters': repeated('A'),
  'Chinese without punctuation': repeated('天地玄黃宇宙洪荒'),
  kana: repeated('かな'),
  'Thai without spaces': repeated('ภาษาไทย'),
  'web addresses': repeated('http://a.b/'),
  'full stops': repeated('.'),
  'full stops and spaces': repeated('. '),
  slashes: repeated('/'),
  apostrophes: repeated("'"),
  'invisible characters': repeated('\u200B'),
  'letters and word joiners': (length) => `${'a'.repeat(50)}${'\u2060'.repeat(length)}`,
  'halves of characters': repeated('\uD83D'),
};

/** Shapes that have blocked the service, one of each kind: every function is tested with them. */
const ALWAYS: ReadonlySet<string> = new Set([
  'open brackets and digits',
  'asterisks before words',
  'headings',
  'Chinese ends and quotation marks',
  'wide spaces before a line feed',
  'sentences that depend on each other',
  'names',
  'one very long word',
]);
const PARTS = 8;

/**
 * The shapes for a function: those above and an eighth of the others, another eighth for the next function, because all
 * of them would take minutes. `LINEAR_SHAPES=all` tests all.
 */
export function shapesFor(index: number): [name: string, shape: Shape][] {
  const all = Object.entries(SHAPES);
  if (process.env['LINEAR_SHAPES'] === 'all') return all;
  return all.filter(([name], place) => ALWAYS.has(name) || place % PARTS === index % PARTS);
}

function repeated(unit: string): Shape {
  return (length) => unit.repeat(Math.ceil(length / unit.length));
}

function distinct(unit: (index: number) => string): Shape {
  return (length) => {
    const parts: string[] = [];
    for (let size = 0, index = 0; size < length; index += 1) {
      const part = unit(index);
      parts.push(part);
      size += part.length;
    }
    return parts.join('');
  };
}
