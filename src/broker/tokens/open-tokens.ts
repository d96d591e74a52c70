import type { Timer } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import { type DelegationTokenParts, DelegationTokens } from './delegation-tokens.ts';

interface Parts extends DelegationTokenParts {
  readonly logger: Logger;
}

export interface OpenedTokens {
  readonly tokens: DelegationTokens;
  close(): void;
}

/** Opens the delegation tokens; every delegation.token.expiry.check.interval.ms those whose time is over go. */
export function openTokens({ logger, ...parts }: Parts): OpenedTokens {
  const tokens = new DelegationTokens(parts);
  let timer: Timer | undefined;
  const sweepLater = () => {
    timer = parts.clock.setTimer(parts.config().delegationTokenExpiryCheckIntervalMs, () => {
      for (const { tokenId, owner } of tokens.sweep())
        logger.info(`Delegation token expired for token: ${tokenId} for owner: ${owner}`);
      sweepLater();
    });
  };
  sweepLater();
  return { tokens, close: () => timer?.cancel() };
}
