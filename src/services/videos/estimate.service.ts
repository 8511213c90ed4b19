import type { Viewer } from '../../auth/viewer.ts';
import { decimalOf, type Money } from '../../money.ts';
import type { QuotaService } from '../quotas/quota.service.ts';
import { UserFaultError } from '../user-fault.ts';
import {
  faultsOf,
  type NewVideo,
  type ProviderAbilities,
  silenceFaults,
  sourceOf,
  type VideoInLanguage,
} from './create-video-validation.ts';
import { type LanguageFinder, spokenLanguage } from './spoken-language.ts';

/** What a stage would cost. */
export interface EstimateLine {
  readonly stage: 'SCRIPT' | 'SPEECH' | 'VISUALS' | 'ANALYSIS';
  readonly provider: string;
  readonly units: number;
  readonly unit: string;
  /** A decimal of US dollars. */
  readonly cost: string;
}

export interface VideoEstimate {
  readonly cost: string;
  readonly currency: 'USD';
  readonly durationSeconds: number;
  readonly processingSeconds: number;
  readonly lines: readonly EstimateLine[];
  /** Whether the caller's quota has room for one more video. */
  readonly quotaSufficient: boolean;
}

/** What is known of a video before it is made. */
export interface Forecast {
  readonly durationSeconds: number;
  readonly processingSeconds: number;
  readonly lines: readonly (Omit<EstimateLine, 'cost'> & { readonly cost: Money })[];
}

export interface EstimateServiceParts {
  readonly abilities: ProviderAbilities;
  /** The same for a user, whose own keys may add providers; by default no user has any. */
  readonly abilitiesOf?: (userId: string) => Promise<ProviderAbilities>;
  readonly finder: LanguageFinder;
  readonly quotas: Pick<QuotaService, 'hasRoom'>;
  /** Calls no provider that costs anything. */
  forecast(input: VideoInLanguage, userId: string): Promise<Forecast>;
}

/** What a video would cost and take. Nothing is made, spent or reserved. */
export class EstimateService {
  readonly #parts: EstimateServiceParts;

  constructor(parts: EstimateServiceParts) {
    this.#parts = parts;
  }

  /** Throws UserFaultError with every fault of the input, as createVideo would report them. */
  async estimate(viewer: Viewer, input: NewVideo): Promise<VideoEstimate> {
    const { finder, quotas, forecast } = this.#parts;
    const abilities = (await this.#parts.abilitiesOf?.(viewer.userId)) ?? this.#parts.abilities;
    const language = spokenLanguage(input, finder, (one) => abilities.speaks(one));
    const faults = faultsOf(input, language, abilities);
    if (faults.length > 0) throw new UserFaultError(...faults);
    const { silent } = await abilities.earlyScript(sourceOf(input), language);
    if (silent.length > 0) throw new UserFaultError(...silenceFaults(input, silent));
    const [{ lines, ...times }, quotaSufficient] = await Promise.all([
      forecast({ ...input, language }, viewer.userId),
      quotas.hasRoom(viewer.userId, 'VIDEO'),
    ]);
    return {
      ...times,
      cost: decimalOf(lines.reduce((sum, { cost }) => sum + cost, 0)),
      currency: 'USD',
      lines: lines.map((line) => ({ ...line, cost: decimalOf(line.cost) })),
      quotaSufficient,
    };
  }
}
