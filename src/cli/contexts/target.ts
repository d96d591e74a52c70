// Which cluster a command talks to when its words do not say.
import { type Context, contextNamed, readContexts } from './store.ts';

const LOCAL = 'localhost:9092';

export interface Target {
  readonly bootstrapServer: string;
  /** Settings that belong to that address and are not used for another. */
  readonly commandConfig?: string | undefined;
  /** The context that it comes from. */
  readonly context?: string;
  /** Why it cannot be said. */
  readonly failure?: string;
}

/** KTOOL_CONTEXT, else KTOOL_BOOTSTRAP_SERVER, else the context in use, else localhost:9092. */
export function targetOf(env: NodeJS.ProcessEnv): Target {
  const { KTOOL_CONTEXT: wanted, KTOOL_BOOTSTRAP_SERVER: address } = env;
  if (!wanted && address) return { bootstrapServer: address };
  try {
    const contexts = readContexts(env);
    const name = wanted || contexts.current;
    return name === undefined ? { bootstrapServer: LOCAL } : { ...fields(contextNamed(contexts, name)), context: name };
  } catch (error) {
    return { bootstrapServer: LOCAL, failure: (error as Error).message };
  }
}

const fields = ({ bootstrapServer, commandConfig }: Context): Target => ({ bootstrapServer, commandConfig });
