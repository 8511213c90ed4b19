import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('QualityReport', {
  description: 'What was measured of a film: facts of the container, loudness, and what is wrong with them.',
  simpleResolvers: true,
})
export class QualityReportType {
  @Field(() => Boolean, { description: 'False stops a video from being COMPLETED.' })
  declare readonly passed: boolean;

  @Field(() => Int, { description: 'Pixels.' })
  declare readonly width: number;

  @Field(() => Int, { description: 'Pixels.' })
  declare readonly height: number;

  @Field(() => Float, { description: 'Pictures a second.' })
  declare readonly frameRate: number;

  @Field(() => String, { description: 'E.g. "h264".' })
  declare readonly videoCodec: string;

  @Field(() => String, { nullable: true, description: 'E.g. "aac"; null for a film without sound.' })
  declare readonly audioCodec: string | null;

  @Field(() => Float, { nullable: true, description: 'Loudness of the whole, in LUFS (EBU R 128).' })
  declare readonly integratedLoudnessLufs: number | null;

  @Field(() => [String], { description: 'What did not pass, as sentences.' })
  declare readonly problems: readonly string[];
}
