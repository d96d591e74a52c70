// The plain objects that the admin client takes and returns.
export * from './types/acls.ts';
export * from './types/cluster.ts';
export * from './types/common.ts';
export * from './types/configs.ts';
export * from './types/groups.ts';
export * from './types/log-dirs.ts';
export * from './types/offsets.ts';
export * from './types/quorum.ts';
export * from './types/security.ts';
export * from './types/share-groups.ts';
export * from './types/streams-groups.ts';
export * from './types/tokens.ts';
export * from './types/topics.ts';
export * from './types/transactions.ts';
