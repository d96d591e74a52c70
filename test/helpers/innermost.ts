/** What led to an error in the end. */
export const innermost = (error: Error): Error => (error.cause instanceof Error ? innermost(error.cause) : error);
