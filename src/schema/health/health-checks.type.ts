import { Field, ObjectType } from 'type-graphql';
import { DatabaseHealthType } from './database-health.type.ts';
import { DiskHealthType } from './disk-health.type.ts';
import { FfmpegHealthType } from './ffmpeg-health.type.ts';
import { ProvidersHealthType } from './providers-health.type.ts';
import { RedisHealthType } from './redis-health.type.ts';
import { StorageHealthType } from './storage-health.type.ts';
import { WorkersHealthType } from './workers-health.type.ts';

@ObjectType('HealthChecks', { description: 'The parts that a working installation needs.', simpleResolvers: true })
export class HealthChecksType {
  @Field(() => DatabaseHealthType, { description: 'PostgreSQL.' })
  declare readonly database: DatabaseHealthType;

  @Field(() => RedisHealthType, { description: 'Redis.' })
  declare readonly redis: RedisHealthType;

  @Field(() => WorkersHealthType, { description: 'Those who make the videos.' })
  declare readonly workers: WorkersHealthType;

  @Field(() => DiskHealthType, { description: 'Free space where files are kept.' })
  declare readonly disk: DiskHealthType;

  @Field(() => FfmpegHealthType, { description: 'The program that cuts and encodes.' })
  declare readonly ffmpeg: FfmpegHealthType;

  @Field(() => StorageHealthType, { description: 'Where finished files go.' })
  declare readonly storage: StorageHealthType;

  @Field(() => ProvidersHealthType, { description: 'Those who make content.' })
  declare readonly providers: ProvidersHealthType;
}
