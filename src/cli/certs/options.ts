import { joptScript } from '../options/script.ts';
import { general } from '../options/scripts/common.ts';
import { flag, int, text } from '../options/table.ts';

export const DEFAULT_DAYS = 365;

export const certsCreate = joptScript({
  name: 'certs create',
  kafkaName: 'kafka-certs-create',
  about: 'Make a CA, and certificates of a broker and of clients, to develop with',
  headline: '',
  parseErrors: 'message',
  positionals: {
    DIR: text('DIR', 'Folder for the files; a CA that is there already is used again', { suggest: 'files' }),
  },
  options: {
    host: text('HOST', 'Name or address by which clients reach the broker (default: localhost, 127.0.0.1, ::1)', {
      repeatable: true,
    }),
    client: text('NAME', 'User whom a client certificate stands for (default: client)', { repeatable: true }),
    days: int('N', `Days that the certificates are valid (default: ${DEFAULT_DAYS})`),
    ...general,
    json: flag('Print the names of the files as one JSON document', { group: 'General' }),
  },
  examples: [
    { about: 'For a broker on this machine', command: 'certs create certs' },
    {
      about: 'For one that others reach, and two users',
      command: 'certs create certs --host kafka.example --client alice --client bob',
    },
  ],
});
