/** Tests of Apollo's suite that our HTTP layer fails on purpose, each with the reason. */
export const APOLLO_DEVIATIONS: Readonly<Record<string, string>> = {
  default: 'a body that is not JSON is refused with 415 before CSRF prevention, which would give 400',
  'runs when cache-control is disabled': 'every answer is no-store, since it may contain tokens',
  'cache-control not set without any hints with if-cacheable': 'every answer is no-store, since it may contain tokens',
  'throws an error if POST body is empty': 'without a content type it is 415, as HTTP defines it, and not 400',
  'throws an error if invalid content-type': 'it is 415, as HTTP defines it, and not 400',
  'throws an error if POST JSON is malformed': 'it is 400 with our own message, and not that of a known framework',
};
