import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('QualityReport', {
  description: 'Measurements of a film: properties of the container, loudness, and problems.',
  simpleResolvers: true,
})
export class QualityReportType {
  @Field(() => Boolean, { description: 'False stops a video from being COMPLETED.' })
  declare readonly passed: boolean;

  @Field(() => Int, { description: 'Pixels.' })
  declare readonly width: number;

  @Field(() => Int, { description: 'Pixels.' })
  declare readonly height: number;

  @Field(() => Float, { description: 'Frames per second.' })
  declare readonly frameRate: number;

  @Field(() => String, { description: 'E.g. "h264".' })
  declare readonly videoCodec: string;

  @Field(() => String, { nullable: true, description: 'E.g. "aac"; null for a film without sound.' })
  declare readonly audioCodec: string | null;

  @Field(() => Float, { nullable: true, description: 'Loudness of the whole, in LUFS (EBU R 128).' })
  declare readonly integratedLoudnessLufs: number | null;

  @Field(() => [String], { description: 'Failed checks, as sentences.' })
  declare readonly problems: readonly string[];
}
