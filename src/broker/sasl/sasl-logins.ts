// How clients log in to this broker's SASL listeners.
import { createHash } from 'node:crypto';
import type { BrokerConfig } from '../config/broker-config.ts';
import { ConfigError } from '../config/config-error.ts';
import { isSasl } from '../config/listeners.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import type { DelegationTokens } from '../tokens/delegation-tokens.ts';
import type { BearerParts } from './bearer-validator.ts';
import { listenerMechanisms, type ServerMechanism } from './mechanisms.ts';
import { scramAccounts } from './scram-accounts.ts';

interface Parts extends BearerParts {
  readonly config: () => BrokerConfig;
  readonly metadata: Pick<MetadataStore, 'scramCredentials'>;
  readonly tokens: DelegationTokens;
  /** Known to this broker's data only. */
  readonly secret: string;
}

export class SaslLogins {
  readonly #parts: Parts;
  readonly #saltKey: Buffer;
  #values: ReadonlyMap<string, string> | undefined;
  #byListener = new Map<string, ReadonlyMap<string, ServerMechanism>>();

  /** @throws ConfigError if a SASL listener is configured wrongly */
  constructor(parts: Parts) {
    this.#parts = parts;
    this.#saltKey = createHash('sha256').update(`salts of unknown users\0${parts.secret}`).digest();
    this.#read();
  }

  /** The mechanisms of a listener by name; none for one without SASL. Follows dynamic changes of its configuration. */
  mechanisms(listener: string): ReadonlyMap<string, ServerMechanism> {
    if (this.#parts.config().values !== this.#values) this.#read();
    return this.#byListener.get(listener) ?? new Map();
  }

  /** A dynamic value that cannot be leaves a listener as it was. */
  #read(): void {
    const { config, metadata, tokens, logger } = this.#parts;
    const { values, listeners } = config();
    const isFirst = this.#values === undefined;
    this.#values = values;
    const parts = {
      ...this.#parts,
      scramAccounts: (mechanism: Parameters<typeof scramAccounts>[0]) =>
        scramAccounts(mechanism, { metadata, tokens, saltKey: this.#saltKey }),
    };
    for (const { name, protocol } of listeners) {
      if (!isSasl(protocol)) continue;
      try {
        this.#byListener.set(name, listenerMechanisms(values, name, parts));
      } catch (error) {
        if (isFirst || !(error instanceof ConfigError)) throw error;
        logger.error(`The new configuration is not used: ${error.message}`);
      }
    }
  }
}
