import { expect } from 'vitest';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';
import type { FakeHandler } from './fake-service.ts';

/** D-ID as documented at https://docs.d-id.com/reference/get-credits. A wrong request fails the test. */
export const dIdCredits: FakeHandler = ({ method, path, headers, body }) => {
  expect([method, path]).toEqual(['GET', '/credits']);
  // https://docs.d-id.com/reference/basic-authentication: user name and password of the studio, as they are shown there.
  expect(headers['authorization']).toBe(`Basic ${TEST_KEY}`);
  expect(body).toHaveLength(0);
  return {
    body: {
      credits: [
        {
          owner_id: 'auth0|1',
          created_by: 'stripe',
          remaining: 42,
          total: 60,
          valid_from: '2026-11-01T00:00:00.000Z',
          expire_at: '2026-12-01T00:00:00.000Z',
          product_billing_interval: 'month',
        },
      ],
      remaining: 42,
      total: 60,
    },
  };
};
