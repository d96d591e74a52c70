import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, optionalText, text } from '../table.ts';
import { bootstrapController, bootstrapServer, commandConfig, general } from './common.ts';

const ACTIONS = 'Actions';
const RESOURCES = 'Resources';
const WHO = 'Who and what';
const ROLES = 'Roles';

const named = (placeholder: string, what: string) =>
  text(placeholder, `${what}; '*' for all`, { group: RESOURCES, repeatable: true });

export const acls = joptScript({
  name: 'acls',
  kafkaName: 'kafka-acls',
  about: 'Say who may do what: add, remove, list and explain access control entries',
  headline: 'This tool helps to manage acls on kafka.',
  parseErrors: 'usage',
  examples: [
    {
      about: 'Alice may write to a topic',
      command: 'acls --add --allow-principal User:alice --producer --topic orders',
    },
    {
      about: 'Bob may read all topics whose names begin so',
      command:
        'acls --add --allow-principal User:bob --consumer --topic orders- --group shop --resource-pattern-type prefixed',
    },
    { about: 'All that concerns a topic', command: 'acls --list --topic orders --resource-pattern-type match' },
    { about: 'Why she may or may not', command: 'acls explain --principal User:alice --operation Read --topic orders' },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'bootstrap-controller': bootstrapController,
    'command-config': { ...commandConfig, argument: 'optional' },
    add: flag('Add entries', { group: ACTIONS }),
    remove: flag('Remove entries, or all of a resource where no principal is given', { group: ACTIONS }),
    list: flag('List entries, of some resources or all', { group: ACTIONS }),
    explain: flag('Say which entry decides; `acls explain` for short', { group: ACTIONS, own: true }),
    topic: { ...named('TOPIC', 'A topic'), suggest: 'topics' },
    group: { ...named('GROUP', 'A group'), suggest: 'groups' },
    cluster: flag('The cluster', { group: RESOURCES }),
    'transactional-id': named('ID', 'A transactional id'),
    'delegation-token': named('TOKEN', 'A delegation token'),
    'user-principal': named('TYPE:NAME', 'A user, for tokens that are made on their behalf'),
    'resource-pattern-type': text(
      'TYPE',
      'literal or prefixed; with --list and --remove also any (of any type by this very name) and match (all that matches the name)',
      { group: RESOURCES, default: 'LITERAL', suggest: ['literal', 'prefixed', 'any', 'match'] },
    ),
    operation: text('OPERATION', 'Read, Write, Describe, … as Kafka calls them', {
      group: WHO,
      repeatable: true,
      default: 'All',
    }),
    'allow-principal': text('TYPE:NAME', "Who may: User:alice; User:'*' for everybody", {
      group: WHO,
      repeatable: true,
    }),
    'deny-principal': text('TYPE:NAME', 'Who may not, whatever else is allowed', { group: WHO, repeatable: true }),
    'allow-host': text('ADDRESS', 'From where they may; all hosts unless given', { group: WHO, repeatable: true }),
    'deny-host': text('ADDRESS', 'From where they may not; all hosts unless given', { group: WHO, repeatable: true }),
    principal: optionalText('TYPE:NAME', 'With --list: only entries of this principal', {
      group: WHO,
      repeatable: true,
    }),
    host: text('ADDRESS', 'With explain: from where', { group: WHO, own: true }),
    producer: flag('All that a producer needs: Write, Describe and Create on the topics', { group: ROLES }),
    consumer: flag('All that a consumer needs: Read and Describe on the topics, Read on the groups', { group: ROLES }),
    idempotent: flag('With --producer: without a transactional id, but idempotent', { group: ROLES }),
    force: flag('Ask nothing', { group: 'General' }),
    ...general,
  },
});

export type AclsOptions = ParsedOptions<typeof acls.options>;
