// The files of a Kafka-shaped `bin`: shell scripts that start ktool under the name of Kafka's script.
import { SERVICES, serviceWords } from './services.ts';

/** The folder, beside bin/, with what the scripts have in common. */
export const COMMON = 'libexec';
export const LAUNCHER = `${COMMON}/ktool`;

/** What runs ktool: this very Node and this very installation. Made anew by `ktool dist init`. */
export function launcher({ node, program }: { readonly node: string; readonly program: string }): string {
  return `#!/bin/sh
# Starts ktool; written by \`ktool dist init\`.
node=${quoted(node)}
program=${quoted(program)}
if [ ! -f "$program" ]; then
  echo "ktool is no longer in $program. Where it is now, run: ktool dist init \${KTOOL_HOME:-DIR}" >&2
  exit 1
fi
[ -x "$node" ] || node=node
exec "$node" "$program" "$@"
`;
}

/** One script. It works from any folder, on the PATH, and through symbolic links. */
export function shim(name: string): string {
  return `#!/bin/sh
# ${name} of a Kafka installation, done by ktool; written by \`ktool dist init\`.
script=$0
while [ -h "$script" ]; do
  target=$(readlink "$script")
  case $target in /*) script=$target ;; *) script=\${script%/*}/$target ;; esac
done
case $script in */*) bin=\${script%/*} ;; *) bin=. ;; esac
KTOOL_HOME=$(CDPATH= cd -- "$bin/.." && pwd) || exit 1
export KTOOL_HOME KTOOL_SCRIPT=${name}
exec "$KTOOL_HOME/${LAUNCHER}" ${wordsFor(name)} "$@"
`;
}

/** Who looks for a service looks for its class in the list of processes: `ps ax | grep kafka.Kafka`, `pgrep -f kafka.Kafka`. */
function wordsFor(name: string): string {
  const service = SERVICES[name];
  return service === undefined ? name : serviceWords(service).join(' ');
}

/** A path as one word of a shell. */
export const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;
