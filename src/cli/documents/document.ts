/**
 * What --json prints: the notation of a document (see shape.ts), of the lines of a command that writes as it goes, or the
 * reason why there is none.
 */
export type Answer = string | { readonly lines: readonly string[] } | { readonly none: string };

/** Answers by command, with the sub-command or the flags that make the difference: `consumer-groups --describe --members`. */
export type Documents = Readonly<Record<string, Answer>>;
