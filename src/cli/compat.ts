import { type Target, targetOf } from './contexts/target.ts';

/**
 * Where "friendly" ends and "Kafka's own" begins. Nothing else in ktool asks under which name or in which mode it runs.
 *
 * - `friendly`: under the name ktool. Exit statuses tell the truth, help is a success, a missing address is no mistake.
 * - `script`: under the name of one of Kafka's scripts (a shim of `ktool dist init` sets KTOOL_SCRIPT). As friendly, but the
 *   exit statuses are those of Kafka's script, so that no shell script changes its course.
 * - `kafka`: KTOOL_COMPAT=kafka. Everything as Kafka's scripts do it.
 */
export type Manner = 'friendly' | 'script' | 'kafka';

export interface Compat {
  readonly manner: Manner;
  /** Exit statuses are those of Kafka's scripts, also where they are 0 after a failure. */
  readonly kafkaExits: boolean;
  /** What Kafka's script prints as it goes, and of failures on standard output, is there then and on that stream. */
  readonly kafkaStreams: boolean;
  /** What is talked to when no address is given: of a context, for example. Undefined where Kafka's script insists on one. */
  readonly target: Target | undefined;
  /** The address of `target`. */
  readonly defaultBootstrap: string | undefined;
  /** Options that Kafka's scripts do not have (--json, --output, --watch, --yes) are understood. */
  readonly ownOptions: boolean;
  /** A person at a terminal is asked before something goes that cannot be brought back. */
  readonly asks: boolean;
  /** How far long work is stands on standard error of a terminal. */
  readonly progress: boolean;
  /** jopt-simple options may be shortened to an unambiguous beginning, as before Kafka 1.0. */
  readonly abbreviations: boolean;
  /** Flags that Kafka's scripts had once are understood, see options/removed.ts. */
  readonly removedOptions: boolean;
  /** Mistyped names get a "did you mean"; a usage error is followed by a hint, not by the whole option table. */
  readonly hints: boolean;
  /** Help goes to standard output; otherwise where Kafka's script prints it. */
  readonly helpOnStdout: boolean;
  /** A terminal gets tables and colour. */
  readonly tables: boolean;
  /** A command ends at once when no broker can be reached; otherwise it tries until its time is up, as Kafka's scripts do. */
  readonly failFast: boolean;
  /** Files and pipes are sent in larger batches than Kafka's console producer makes. */
  readonly bulkBatches: boolean;
  /** What Kafka's clients advertise of Kafka on standard error is passed on. */
  readonly announcements: boolean;
}

/** Decides from the environment: KTOOL_COMPAT, KTOOL_SCRIPT, KTOOL_CONTEXT, KTOOL_BOOTSTRAP_SERVER, the context in use. */
export function compatOf(env: NodeJS.ProcessEnv): Compat {
  const manner: Manner = env.KTOOL_COMPAT === 'kafka' ? 'kafka' : env.KTOOL_SCRIPT ? 'script' : 'friendly';
  const own = manner !== 'kafka';
  const target = own ? targetOf(env) : undefined;
  return {
    manner,
    kafkaExits: manner !== 'friendly',
    kafkaStreams: manner !== 'friendly',
    target,
    defaultBootstrap: target?.bootstrapServer,
    ownOptions: manner === 'friendly',
    asks: manner === 'friendly',
    progress: manner === 'friendly',
    abbreviations: own,
    removedOptions: own,
    hints: own,
    helpOnStdout: own,
    tables: own,
    failFast: manner === 'friendly',
    bulkBatches: own,
    announcements: manner !== 'friendly',
  };
}

/** How an action ended, in the words of Report: `kafkaExit` is given where Kafka's status is not that of `failed`. */
export interface Ending {
  readonly failed?: boolean | undefined;
  readonly kafkaExit?: number | undefined;
}

/** The exit status: 0 done, 1 failed; under Kafka's rules what Kafka's script would return. */
export function exitStatus(compat: Compat, { failed = false, kafkaExit }: Ending): number {
  if (compat.kafkaExits && kafkaExit !== undefined) return kafkaExit;
  return failed ? 1 : 0;
}
