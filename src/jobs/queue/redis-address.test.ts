import { expect, it } from 'vitest';
import { redisAddress } from './redis-address.ts';

it.each([
  ['redis://localhost', { host: 'localhost', port: 6379 }],
  ['redis://:p%40ss%2Fword@10.0.0.7:6380/2', { host: '10.0.0.7', port: 6380, password: 'p@ss/word', db: '2' }],
  ['rediss://ann:secret@[::1]:7000', { host: '::1', port: 7000, user: 'ann', password: 'secret', tls: {} }],
])('%s is parsed', (url, parts) => {
  expect(redisAddress(url)).toEqual(parts);
});
