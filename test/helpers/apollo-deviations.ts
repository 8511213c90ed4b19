/** Tests of Apollo's suite that our HTTP layer fails on purpose, each with the reason. */
export const APOLLO_DEVIATIONS: Readonly<Record<string, string>> = {
  default: 'a body that is not JSON is refused with 415 before CSRF prevention, which would say 400, is asked',
  'runs when cache-control is disabled': 'every answer of ours is no-store, since it may hold tokens',
  'cache-control not set without any hints with if-cacheable':
    'every answer of ours is no-store, since it may hold tokens',
  'throws an error if POST body is empty': 'without a content type it is 415, as HTTP has it, and not 400',
  'throws an error if invalid content-type': 'it is 415, as HTTP has it, and not 400',
  'throws an error if POST JSON is malformed': 'it is 400 in words of ours, and not in those of a known framework',
};
