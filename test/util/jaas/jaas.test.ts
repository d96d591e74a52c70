// Held against org.apache.kafka.common.security.JaasConfig and Java's ConfigFile.
import { describe, expect, it } from 'vitest';
import { parseJaasFile, parseJaasProperty } from '../../../src/util/jaas/jaas.ts';

const options = (text: string) => Object.fromEntries(parseJaasProperty(`a.B required ${text};`).options);

describe('sasl.jaas.config', () => {
  it('has a module, a flag in any case, and options', () => {
    const entry = parseJaasProperty(
      'org.apache.kafka.common.security.plain.PlainLoginModule REQUIRED\n username="alice" password="it\'s" user_bob=b0b;',
    );
    expect(entry.loginModule).toBe('org.apache.kafka.common.security.plain.PlainLoginModule');
    expect(entry.controlFlag).toBe('required');
    expect([...entry.options]).toEqual([
      ['username', 'alice'],
      ['password', "it's"],
      ['user_bob', 'b0b'],
    ]);
  });

  it.each([
    ['single quotes', 'a=\'x "y" z\'', { a: 'x "y" z' }],
    ['escaped quotes and backslashes', 'a="x\\"y\\\\z"', { a: 'x"y\\z' }],
    ['control characters', 'a="\\t\\n\\r\\b\\f\\v\\a"', { a: '\t\n\r\b\f\v\x07' }],
    ['octal numbers', 'a="\\101\\60\\7z\\477"', { a: "A0\x07z'7" }],
    ['other escaped characters', 'a="\\q\\$"', { a: 'q$' }],
    ['comments', 'a=b /* c=d */ e=f // g=h\n i=j', { a: 'b', e: 'f', i: 'j' }],
    ['semicolons and equals signs in quotes', 'a="b;c=d"', { a: 'b;c=d' }],
    ['blanks around the sign', 'a = "b"', { a: 'b' }],
    ['an empty value', 'a=""', { a: '' }],
    ['the last of two', 'a=b a=c', { a: 'c' }],
    ['words with . - _ $ and digits', 'user_a-b.c$1=x-1.y', { 'user_a-b.c$1': 'x-1.y' }],
    ['letters beyond ASCII', 'a=ä b="日本"', { a: 'ä', b: '日本' }],
    ['quoted names', '"a b"=c', { 'a b': 'c' }],
  ])('%s', (_, text, expected) => expect(options(text)).toEqual(expected));

  it.each([
    ['', 'Login module not specified in JAAS config'],
    ['// nothing', 'Login module not specified in JAAS config'],
    ['a.B', 'Login module control flag not specified in JAAS config'],
    ['a.B ;', 'Login module control flag is not available in the JAAS config'],
    ['a.B maybe;', "Invalid login module control flag 'maybe' in JAAS config"],
    ['a.B required a="b"', 'JAAS config entry not terminated by semi-colon'],
    ['a.B required a;', "Value not specified for key 'a' in JAAS config"],
    ['a.B required a="b" c', "Value not specified for key 'c' in JAAS config"],
    ['a.B required a=1;', "Value not specified for key 'a' in JAAS config"],
    ['a.B required a=/etc/x;', "Value not specified for key 'a' in JAAS config"],
    ['a.B required; c.D required;', 'JAAS config property contains 2 login modules, should be 1 module'],
    [
      'com.sun.security.auth.module.JndiLoginModule required;',
      "com.sun.security.auth.module.JndiLoginModule is not allowed. Update System property 'org.apache.kafka.disallowed.login.modules' to allow com.sun.security.auth.module.JndiLoginModule",
    ],
  ])('%j is refused', (text, message) => expect(() => parseJaasProperty(text)).toThrow(message));

  it('says nothing of values', () => {
    expect(() => parseJaasProperty('a.B required password="top-secret" x')).not.toThrow('top-secret');
  });
});

describe('a JAAS file', () => {
  const FILE = `
    // the broker
    KafkaServer {
      org.apache.kafka.common.security.plain.PlainLoginModule required
        user_alice="a"
        user_bob="\${bob}\${/}\${unknown}";
      org.apache.kafka.common.security.scram.ScramLoginModule sufficient;
    };
    sasl_ssl.KafkaServer { a.B optional x=*; };
    "Empty" {};
  `;

  it('has sections of entries, with properties of the system in values', () => {
    const sections = parseJaasFile(FILE, (name) => (name === 'bob' ? 'b0b' : undefined));
    expect([...sections.keys()]).toEqual(['KafkaServer', 'sasl_ssl.KafkaServer', 'Empty']);
    const [plain, scram] = sections.get('KafkaServer')!;
    expect(Object.fromEntries(plain!.options)).toEqual({ user_alice: 'a', user_bob: `b0b/\${unknown}` });
    expect([scram!.controlFlag, scram!.options.size]).toEqual(['sufficient', 0]);
    expect(sections.get('sasl_ssl.KafkaServer')![0]!.options.get('x')).toBe('*');
  });

  it.each([
    ['A { a.B required; }', 'expected [;], read [end of file]'],
    ['A { a.B required }', 'Line 1: expected [property key], found [}]'],
    ['A\n{ a.B\n maybe; };', 'Line 3: expected [controlFlag], found [maybe]'],
    ['A { a.B required x "y"; };', 'Line 1: expected [=], found [a string]'],
    ['A { a.B required; };\nA { a.B required; };', 'Line 2: duplicate entry [A]'],
  ])('%j is refused with its line', (text, message) => expect(() => parseJaasFile(text)).toThrow(message));
});
