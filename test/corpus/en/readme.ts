import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'en',
  source: {
    kind: 'article',
    text: `---
title: Tidepool
license: MIT
---

# Tidepool

[![build](https://img.example/build.svg)](https://ci.example/tidepool)

**Tidepool** keeps connections open between requests. It is *not* a proxy, and it does not cache.

## Install

\`\`\`sh
npm install tidepool --save-exact
\`\`\`

You need Node 20.3 or newer. Windows is not supported yet.

## Options

| option | default | meaning |
|---|---|---|
| \`idleMs\` | 65_000 | closes an idle connection |

Set \`server.keepAliveTimeout\` only if a proxy closes connections first. See [the guide][1] for details.

- [x] Works with C++ and C# clients
- [ ] HTTP/3

[1]: https://tidepool.example/guide`,
  },
  titles: ['Tidepool'],
  headings: ['Install', 'Options'],
  narrated: [
    'Tidepool keeps connections open between requests.',
    'It is not a proxy, and it does not cache.',
    'You need Node 20.3 or newer.',
    'Windows is not supported yet.',
    'Set server.keepAliveTimeout only if a proxy closes connections first.',
    'See the guide for details.',
    'Works with C++ and C# clients',
  ],
  leftOut: [
    '---',
    'license: MIT',
    'img.example',
    'ci.example',
    'npm install',
    '```',
    '|',
    '**',
    '[1]',
    'tidepool.example/guide',
    '[x]',
    '[ ]',
    // It is not done, and among things that are.
    'HTTP/3',
    '##',
  ],
  notAlone: [
    'Supported',
    'Windows is supported',
    'A proxy',
    'Cache',
    'Proxy',
    'Learn C',
    'C',
    '1',
    'Windows',
    'Server',
    'Set server.keepAliveTimeout',
  ],
  notTags: ['windows', 'cache', 'c'],
  unbroken: ['server.keepAliveTimeout', 'C++', 'C#', '20.3'],
  heard: [
    ['Works with C++ and C# clients', 'c plus plus and c sharp clients'],
    ['You need Node 20.3 or newer.', 'node twenty point three'],
    ['The default is 65_000.', 'sixty five thousand'],
  ],
};
