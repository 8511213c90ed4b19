import { createServer, type Socket } from 'node:net';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header and body as they were sent. */
  readonly data: string;
}

export interface FakeSmtp {
  /** With user and password. */
  readonly url: string;
  readonly mails: ReceivedMail[];
  /** Answers to MAIL FROM are refused while it is true. */
  refuses: boolean;
  close(): Promise<void>;
}

const USER = 'video';
const PASSWORD = 's3cret@mail';

/** A mail server that speaks SMTP (RFC 5321) with AUTH PLAIN, and refuses what one would refuse. */
export async function startFakeSmtp(): Promise<FakeSmtp> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const state = { refuses: false };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    converse(socket, mails, state);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}?ignoreTLS=true`,
    mails,
    get refuses() {
      return state.refuses;
    },
    set refuses(refuses) {
      state.refuses = refuses;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function converse(socket: Socket, mails: ReceivedMail[], state: { readonly refuses: boolean }): void {
  let buffered = '';
  let authenticated = false;
  let envelope: { from: string; to: string[] } | null = null;
  let inData = false;
  const answer = (line: string) => socket.write(`${line}\r\n`);
  answer('220 fake ESMTP');
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    buffered += String(chunk);
    for (;;) {
      const end = buffered.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const text = buffered.slice(0, end);
      buffered = buffered.slice(end + (inData ? 5 : 2));
      if (inData) {
        inData = false;
        if (envelope) mails.push({ ...envelope, data: text.replaceAll('\r\n..', '\r\n.') });
        envelope = null;
        answer('250 queued');
      } else command(text);
    }
  });

  function command(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') {
      answer('250-fake');
      answer('250 AUTH PLAIN');
    } else if (verb === 'AUTH') {
      const expected = Buffer.from(`\0${USER}\0${PASSWORD}`).toString('base64');
      authenticated = line.slice('AUTH PLAIN '.length) === expected;
      answer(authenticated ? '235 welcome' : '535 wrong user or password');
    } else if (verb === 'MAIL') {
      if (!authenticated) return void answer('530 authentication required');
      if (state.refuses) return void answer('451 try again later');
      envelope = { from: addressIn(line), to: [] };
      answer('250 ok');
    } else if (verb === 'RCPT') {
      envelope?.to.push(addressIn(line));
      answer(envelope ? '250 ok' : '503 MAIL first');
    } else if (verb === 'DATA') {
      inData = envelope !== null && envelope.to.length > 0;
      answer(inData ? '354 go on' : '503 RCPT first');
    } else if (verb === 'QUIT') {
      answer('221 bye');
      socket.end();
    } else answer('250 ok');
  }
}

function addressIn(line: string): string {
  return line.slice(line.indexOf('<') + 1, line.lastIndexOf('>'));
}

/** The decoded plain text of a mail. */
export function plainTextOf({ data }: ReceivedMail): string {
  // The whole boundary: a line of a token may begin with two hyphens too.
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(data) ?? [];
  const part = data.slice(data.indexOf('text/plain'));
  const body = part.slice(part.indexOf('\r\n\r\n') + 4);
  return body
    .slice(0, body.indexOf(`\r\n--${boundary}`))
    .replaceAll('=\r\n', '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

export function headersOf({ data }: ReceivedMail): string {
  return data.slice(0, data.indexOf('\r\n\r\n'));
}
