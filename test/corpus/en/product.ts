import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'en',
  source: {
    kind: 'script',
    text: `Meet the Lumio™ Desk Lamp. It costs $64.50, and it never flickers.

The lamp weighs 1.2 kg and stands 38 cm tall. Its battery lasts up to 11 h; a second battery gives you 22 h for $19 more. At 5 W, it uses less than half the power of a 12 W bulb.

It isn't waterproof. Only the cable may get wet!

Version 2.1 connects to Wi-Fi and to your iPhone. Write to help@lumio.example or follow @lumio_app. Order № 5 of the first batch went to Ms. O'Neill of St. Louis, who rated it #1.`,
  },
  titles: ['Meet the Lumio™ Desk Lamp'],
  narrated: [
    'Meet the Lumio™ Desk Lamp.',
    'It costs $64.50, and it never flickers.',
    'The lamp weighs 1.2 kg and stands 38 cm tall.',
    'Its battery lasts up to 11 h; a second battery gives you 22 h for $19 more.',
    'At 5 W, it uses less than half the power of a 12 W bulb.',
    "It isn't waterproof.",
    'Only the cable may get wet!',
    'Version 2.1 connects to Wi-Fi and to your iPhone.',
    'Write to help@lumio.example or follow @lumio_app.',
    "Order № 5 of the first batch went to Ms. O'Neill of St. Louis, who rated it #1.",
  ],
  notAlone: [
    'Waterproof',
    'Flickers',
    'It flickers',
    'The cable may get wet',
    'Second battery gives',
    'Half the power',
    'Neill',
    'Meet',
    'The power of a 12 W bulb',
  ],
  notTags: ['waterproof', 'flickers', 'neill', 'gives', 'wet'],
  unbroken: ['$64.50', '1.2 kg', '38 cm', '11 h', '22 h', '12 W', "Ms. O'Neill", '№ 5', 'St. Louis', '@lumio_app'],
  heard: [
    [
      'It costs $64.50, and it never flickers.',
      'sixty four dollars and fifty cents | sixty four dollars fifty | sixty four fifty',
    ],
    [
      'The lamp weighs 1.2 kg and stands 38 cm tall.',
      'one point two kilograms and stands thirty eight centimeters tall',
    ],
    ['Its battery lasts up to 11 h.', 'eleven hours'],
    ['At 5 W, it uses less.', 'five watts'],
    ['Order № 5 went to Ms. O’Neill of St. Louis.', 'order number five went to miz | order number five went to ms'],
    ['Order № 5 went to Ms. O’Neill of St. Louis.', 'saint louis'],
    ['She rated it #1.', 'number one'],
    ['Version 2.1 connects to Wi-Fi.', 'two point one'],
    ['Write to help@lumio.example.', 'help at lumio dot example'],
  ],
};
