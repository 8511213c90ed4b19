import { createServer, type IncomingMessage, type RequestListener } from 'node:http';

/** Listens on any free port; resolves with the URL. */
export async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server does not listen on a TCP port.');
  return `http://127.0.0.1:${address.port}`;
}

/** Reports the URL to the bench that started this process, and exits with it. */
export function ready(url: string): void {
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url });
}

export function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => resolve(text));
    request.on('error', reject);
  });
}

/** A setting from the bench for this process. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}.`);
  return value;
}
