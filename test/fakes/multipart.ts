import { expect } from 'vitest';
import type { ReceivedRequest } from './fake-service.ts';

interface Multipart {
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly files: Readonly<Record<string, Buffer>>;
}

/** The parts of a multipart/form-data body (RFC 7578). Each file needs a name, by whose ending services know its form. */
export function multipartOf({ headers, body }: ReceivedRequest): Multipart {
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? '';
  expect(boundary).not.toBe('');
  const fields: Record<string, string[]> = {};
  const files: Record<string, Buffer> = {};
  const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
  for (const part of parts) {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, end);
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
    const content = Buffer.from(part.slice(end + 4, -2), 'latin1');
    if (/filename="/.test(head)) {
      expect(head).toMatch(/filename="[^"]+\.wav"/);
      files[name] = content;
    } else fields[name] = [...(fields[name] ?? []), content.toString('utf8')];
  }
  return { fields, files };
}
