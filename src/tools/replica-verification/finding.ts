import type { TopicPartition } from '../../client/admin.ts';

/** What the verification has to say, as data. */
export type Finding =
  | { readonly type: 'started' }
  | LagFinding
  | (TopicPartition & {
      readonly type: 'different-offset';
      readonly replicas: readonly { readonly broker: number; readonly offset: number }[];
    })
  | (TopicPartition & {
      readonly type: 'different-checksum';
      readonly offset: number;
      readonly replicas: readonly { readonly broker: number; readonly checksum: number }[];
    });

/** How far the slowest replica has been behind since the start; all null before anything was read. */
export interface LagFinding {
  readonly type: 'lag';
  readonly maxLag: number | null;
  readonly topic: string | null;
  readonly partition: number | null;
  readonly offset: number | null;
  /** How many partitions are looked at. */
  readonly partitions: number;
}

/** As Kafka's script words it, without the time in front. */
export function findingText(finding: Finding): string {
  if (finding.type === 'started') return 'verification process is started';
  const name = finding.topic === null ? 'null' : `${finding.topic}-${finding.partition}`;
  switch (finding.type) {
    case 'lag':
      return `max lag is ${finding.maxLag ?? -1} for partition ${name} at offset ${finding.offset ?? -1} among ${finding.partitions} partitions`;
    case 'different-offset': {
      const [first, other] = finding.replicas;
      return `partition ${name}: replica ${first?.broker}'s offset ${first?.offset} doesn't match replica ${other?.broker}'s offset ${other?.offset}`;
    }
    case 'different-checksum': {
      const both = finding.replicas.map(({ broker, checksum }) => `replica ${broker}'s checksum ${checksum}`);
      return `partition ${name} has unmatched checksum at offset ${finding.offset}; ${both.join('; ')}`;
    }
  }
}
