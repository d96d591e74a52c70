// The records of an internal topic by the type number that its key begins with (CoordinatorRecordType).
import type { Message } from '../../schema.ts';
import { TransactionLogKey, TransactionLogValue } from './transaction-log.ts';

export const transactionRecords: ReadonlyMap<number, { readonly key: Message; readonly value: Message }> = new Map<
  number,
  { key: Message; value: Message }
>([[0, { key: TransactionLogKey, value: TransactionLogValue }]]);
