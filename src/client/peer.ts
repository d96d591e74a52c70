/** Whom a connection leads to. */
export interface Peer {
  /** `localhost:9092` */
  readonly text: string;
  /** The connection is made with TLS. */
  readonly tls?: boolean;
  /** The address came from the cluster's metadata, not from the user. */
  readonly advertisedBy?: { readonly brokerId: number; readonly bootstrap: string };
}
