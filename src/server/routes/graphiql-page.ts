/** The page around GraphiQL. Its addresses are relative, so that it also works below a path of a reverse proxy. */
export const GRAPHIQL_HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Auto Video · GraphiQL</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="graphiql/app.css">
    <style>html, body, #root { height: 100%; margin: 0; }</style>
    <script src="graphiql/app.js" defer></script>
    <script src="graphiql/page.js" defer></script>
  </head>
  <body class="no-focus-outline">
    <noscript>GraphiQL needs JavaScript.</noscript>
    <div id="root"></div>
  </body>
</html>
`;

/**
 * Plain JavaScript for browsers. GraphiQL's own WebSocket support cannot send what its headers editor holds, so the fetcher
 * is ours: it posts queries and mutations, and opens one WebSocket a subscription, with the editor's authorization in
 * connection_init. Headers are not persisted: a token does not belong into a browser's storage.
 */
export const GRAPHIQL_PAGE_SCRIPT = `'use strict';
(() => {
  const endpoint = new URL('graphql', location.href);
  const socketUrl = new URL(endpoint);
  socketUrl.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';

  self.MonacoEnvironment = {
    globalAPI: false,
    getWorkerUrl: (_module, label) => new URL('graphiql/' + label + '.js', location.href).href,
  };

  async function post(parameters, headers) {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(parameters),
    });
    return await answer.json();
  }

  function authorizationIn(headers) {
    const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization');
    return entry ? { authorization: entry[1] } : {};
  }

  function watch(parameters, headers) {
    return {
      subscribe(observer) {
        const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
        const send = (message) => socket.send(JSON.stringify(message));
        let isDone = false;
        const answers = {
          connection_ack: () => send({ id: '1', type: 'subscribe', payload: parameters }),
          ping: () => send({ type: 'pong' }),
          next: ({ payload }) => observer.next(payload),
          error: ({ payload }) => { observer.next({ errors: payload }); finish(); },
          complete: () => finish(),
        };
        function finish() {
          if (isDone) return;
          isDone = true;
          observer.complete();
          socket.close(1000);
        }
        socket.onopen = () => send({ type: 'connection_init', payload: authorizationIn(headers) });
        socket.onmessage = ({ data }) => {
          const message = JSON.parse(data);
          answers[message.type]?.(message);
        };
        socket.onclose = ({ code, reason }) => {
          if (isDone) return;
          isDone = true;
          observer.error(new Error('The connection was closed: ' + code + ' ' + reason));
        };
        return { unsubscribe: () => { isDone = true; socket.close(1000); } };
      },
    };
  }

  function isSubscription(document, operationName) {
    const operations = document.definitions.filter(({ kind }) => kind === 'OperationDefinition');
    const chosen = operations.find(({ name }) => !operationName || name?.value === operationName);
    return chosen?.operation === 'subscription';
  }

  function fetcher(parameters, { headers = {}, documentAST } = {}) {
    const isLive = documentAST && isSubscription(documentAST, parameters.operationName);
    return isLive ? watch(parameters, headers) : post(parameters, headers);
  }

  YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
    fetcher,
    title: 'Auto Video',
    logo: '',
    shouldPersistHeaders: false,
    defaultQuery: [
      '# Sign in with the login mutation (or register), then put your token into the Headers tab below:',
      '#   { "authorization": "Bearer <accessToken>" }',
      '# Subscriptions send the same header when their WebSocket opens.',
      '',
      'query Health {',
      '  health { status version uptimeSeconds }',
      '}',
      '',
    ].join('\\n'),
  });
})();
`;
