// Where the exchanges of one login after the other come from.
import type { SaslClient } from '../../util/sasl/sasl.ts';

export interface Credentials {
  readonly mechanism: string;
  /** A new exchange. */
  begin(nowMs: number): SaslClient | Promise<SaslClient>;
}
