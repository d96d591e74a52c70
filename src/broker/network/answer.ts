/** The buffers to write, or undefined where the protocol has no answer. */
export type Answer = readonly Buffer[] | undefined;
