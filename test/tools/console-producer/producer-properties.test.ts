import { describe, expect, it } from 'vitest';
import { producerProperties } from '../../../src/tools/console-producer/producer-properties.ts';

const base = { bootstrapServers: 'b:9092', compressionCodec: undefined, properties: {}, options: [] };

describe('producerProperties', () => {
  it('prefers an option that is given to a property, and a property to a default', () => {
    const option = (given: boolean) => [{ config: 'linger.ms', value: '1000', given }];
    const properties = { 'linger.ms': '5' };
    expect(producerProperties({ ...base, properties, options: option(true) })['linger.ms']).toBe('1000');
    expect(producerProperties({ ...base, properties, options: option(false) })['linger.ms']).toBe('5');
    expect(producerProperties({ ...base, options: option(false) })['linger.ms']).toBe('1000');
  });

  it('takes compression from the option alone', () => {
    const properties = { 'compression.type': 'zstd' };
    expect(producerProperties({ ...base, properties })['compression.type']).toBe('none');
    expect(producerProperties({ ...base, compressionCodec: '' })['compression.type']).toBe('gzip');
    expect(producerProperties({ ...base, compressionCodec: 'lz4' })['compression.type']).toBe('lz4');
  });

  it('names itself unless told otherwise, and never takes the address from a property', () => {
    expect(producerProperties(base)['client.id']).toBe('console-producer');
    const properties = { 'client.id': 'mine', 'bootstrap.servers': 'elsewhere:1' };
    expect(producerProperties({ ...base, properties })).toMatchObject({
      'client.id': 'mine',
      'bootstrap.servers': 'b:9092',
    });
  });

  it('lets the later of two options for one setting win', () => {
    const options = [
      { config: 'batch.size', value: '100', given: true },
      { config: 'batch.size', value: '200', given: true },
      { config: 'batch.size', value: '16384', given: false },
    ];
    expect(producerProperties({ ...base, options })['batch.size']).toBe('200');
  });
});
