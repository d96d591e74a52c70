// Apart from context.ts, which takes long to load and is needed only where there is TLS.

/** The settings that decide what a context is made of. */
export const TLS_CONTEXT_KEYS = [
  'ssl.keystore.type',
  'ssl.keystore.location',
  'ssl.keystore.password',
  'ssl.keystore.key',
  'ssl.keystore.certificate.chain',
  'ssl.key.password',
  'ssl.truststore.type',
  'ssl.truststore.location',
  'ssl.truststore.password',
  'ssl.truststore.certificates',
  'ssl.enabled.protocols',
  'ssl.protocol',
  'ssl.cipher.suites',
] as const;
