import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const service = z.looseObject({
  image: z.string().optional(),
  profiles: z.array(z.string()).default([]),
  command: z.array(z.string()).default([]),
  user: z.string().optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()).optional() }).optional(),
  security_opt: z.array(z.string()).default([]),
  deploy: z
    .object({ resources: z.object({ limits: z.strictObject({ cpus: z.string(), memory: z.string() }) }) })
    .optional(),
});
const composeFile = z.looseObject({
  services: z.record(z.string(), service),
  secrets: z.record(z.string(), z.strictObject({ environment: z.string() })),
  volumes: z.record(z.string(), z.object({})),
});

export type Service = z.infer<typeof service>;

/** docker-compose.yml as Compose reads it, with its anchors and merges resolved. */
export function readCompose() {
  return composeFile.parse(parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }));
}

export function servicesOf(profile: string): [name: string, service: Service][] {
  return Object.entries(readCompose().services).filter(([, { profiles }]) => profiles.includes(profile));
}
