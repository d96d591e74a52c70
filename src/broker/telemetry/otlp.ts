// OpenTelemetry's MetricsData as Kafka's clients push it (opentelemetry.proto.metrics.v1): gauges and sums. A field of
// protobuf is a varint of number and wire type, then the value; what is not known is passed over.

export interface DataPoint {
  readonly name: string;
  readonly type: 'gauge' | 'sum';
  /** Wall-clock milliseconds. */
  readonly timeMs: number;
  readonly value: number;
  readonly attributes: Readonly<Record<string, string>>;
}

type Field = { readonly number: number; readonly value: number | Buffer };

/** @throws RangeError if the bytes end within a field or hold none */
export function decodeMetrics(data: Buffer): DataPoint[] {
  return messages(data, 1)
    .flatMap((resource) => messages(resource, 2))
    .flatMap((scope) => messages(scope, 2))
    .flatMap(pointsOf);
}

function pointsOf(metric: Buffer): DataPoint[] {
  const fields = [...fieldsOf(metric)];
  const name = String(fields.find(({ number }) => number === 1)?.value ?? '');
  return fields.flatMap(({ number, value }) => {
    const type = number === 5 ? 'gauge' : number === 7 ? 'sum' : undefined;
    return type === undefined || typeof value === 'number'
      ? []
      : messages(value, 1).map((point) => ({ name, type, ...pointOf(point) }) as DataPoint);
  });
}

function pointOf(point: Buffer): Omit<DataPoint, 'name' | 'type'> {
  let [timeMs, value] = [0, 0];
  const attributes: Record<string, string> = {};
  for (const field of fieldsOf(point)) {
    if (!(field.value instanceof Buffer)) continue;
    if (field.number === 3) timeMs = Number(field.value.readBigUInt64LE() / 1_000_000n);
    else if (field.number === 4) value = field.value.readDoubleLE();
    else if (field.number === 6) value = Number(field.value.readBigInt64LE());
    else if (field.number === 7) Object.assign(attributes, attributeOf(field.value));
  }
  return { timeMs, value, attributes };
}

/** A KeyValue; Kafka's clients label with text only. */
function attributeOf(entry: Buffer): Record<string, string> {
  const key = messages(entry, 1).map(String)[0] ?? '';
  const [value] = messages(entry, 2).flatMap((any) => messages(any, 1));
  return { [key]: String(value ?? '') };
}

function messages(data: Buffer, wanted: number): Buffer[] {
  return [...fieldsOf(data)].flatMap(({ number, value }) =>
    number === wanted && typeof value !== 'number' ? [value] : [],
  );
}

/** Fixed and length-delimited values as bytes, varints as numbers. */
function* fieldsOf(data: Buffer): Generator<Field> {
  for (let pos = 0; pos < data.length; ) {
    const tag = varint(data, pos);
    pos = tag.end;
    const wireType = tag.value & 7;
    const number = tag.value >>> 3;
    if (wireType === 0) {
      const read = varint(data, pos);
      yield { number, value: read.value };
      pos = read.end;
      continue;
    }
    const length = wireType === 2 ? varint(data, pos) : { value: wireType === 1 ? 8 : 4, end: pos };
    if (![1, 2, 5].includes(wireType) || length.end + length.value > data.length) throw new RangeError('no protobuf');
    pos = length.end + length.value;
    yield { number, value: data.subarray(length.end, pos) };
  }
}

function varint(data: Buffer, start: number): { value: number; end: number } {
  let value = 0;
  for (let pos = start, scale = 1; pos < start + 10; pos++, scale *= 128) {
    const byte = data.readUInt8(pos);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: pos + 1 };
  }
  throw new RangeError('no protobuf');
}
