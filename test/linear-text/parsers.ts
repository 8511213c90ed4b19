import { parse } from 'graphql';
import { GraphQLEmailAddress, GraphQLURL } from 'graphql-scalars';
import jwt from 'jsonwebtoken';
import { parse as parseJson } from 'secure-json-parse';
import { z } from 'zod';
import { parseOptions } from '../../src/schema/limits/limits.ts';
import type { Subject } from './subject.ts';

/** Characters of a request body that are worth testing; a body may be longer, but is read the same way. */
const BODY = 100_000;
const email = z.email();

const segmenting = (granularity: 'grapheme' | 'word' | 'sentence', language: string): Subject => ({
  limit: 20_000,
  task: (text) => {
    for (const { index } of new Intl.Segmenter(language, { granularity }).segment(text)) if (index < 0) return;
  },
});

/** The parsers of libraries and of the language that process external text. */
export const PARSERS: Readonly<Record<string, Subject>> = {
  'graphql parse': { limit: BODY, task: (text) => parse(text, parseOptions) },
  'graphql parse of a string': {
    limit: BODY,
    task: (text) => parse(`{ a(b: ${JSON.stringify(text)}) }`, parseOptions),
  },
  'secure-json-parse of a string': { limit: BODY, task: (text) => parseJson(JSON.stringify({ query: text })) },
  'secure-json-parse': { limit: BODY, task: (text) => parseJson(text) },
  'zod e-mail address': { limit: 2_000, task: (text) => email.safeParse(`${text}@example.org`) },
  'zod e-mail domain': { limit: 2_000, task: (text) => email.safeParse(`a@${text}`) },
  'graphql-scalars EmailAddress': { limit: 2_000, task: (text) => GraphQLEmailAddress.parseValue(`a@${text}`) },
  'graphql-scalars URL': { limit: 4_000, task: (text) => GraphQLURL.parseValue(`http://a/${text}`) },
  'jsonwebtoken verify': { limit: 16_000, task: (text) => jwt.verify(`${text}.${text}.${text}`, 'key') },
  'Intl.Segmenter by graphemes': segmenting('grapheme', 'en'),
  'Intl.Segmenter by words': segmenting('word', 'en'),
  'Intl.Segmenter by Chinese words': segmenting('word', 'zh'),
  'Intl.Segmenter by sentences': segmenting('sentence', 'en'),
};
