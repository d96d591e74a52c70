/** What an entry is about: codes of AclResource and PatternType. */
export interface AclPattern {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
}

/** Codes of AclOperation and Permission. */
export interface AclEntry {
  /** `User:alice`. */
  readonly principal: string;
  /** An address, or `*`. */
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
}

/** Access control entry on a resource pattern. */
export interface AclBinding extends AclPattern, AclEntry {}

/** What is left out matches everything; pattern types ANY and MATCH are for filters (KIP-290). */
export type AclBindingFilter = Partial<AclBinding>;
