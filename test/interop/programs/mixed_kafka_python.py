"""A longer mixed run of kafka-python: see mixed.test.ts for what it prints and is told."""
import json
import os
import sys
import threading

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, OffsetAndMetadata, TopicPartition
from kafka.codec import has_lz4, has_snappy, has_zstd

AT = {'bootstrap_servers': sys.argv[1]}
OPTIONAL = {'snappy': has_snappy(), 'lz4': has_lz4(), 'zstd': has_zstd()}
CODECS = [None, 'gzip', *(codec for codec, there in OPTIONAL.items() if there)]
back = threading.Event()
done = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), back.set()), daemon=True).start()

admin = KafkaAdminClient(**AT)
mixed = {'num_partitions': 4, 'replication_factor': 1, 'configs': {'max.message.bytes': '2000000'}}
admin.create_topics({'mixed': mixed, 'tx': {'num_partitions': 2, 'replication_factor': 1}})
admin.close()

grouped = set()


def member():
    consumer = KafkaConsumer('mixed', group_id='team', auto_offset_reset='earliest', **AT)
    while not done.is_set():
        for messages in consumer.poll(200).values():
            grouped.update(message.key.decode() for message in messages)
    consumer.close()


members = [threading.Thread(target=member) for _ in range(2)]
for thread in members:
    thread.start()

sent = {}
failed = []


def send(producer, codec, number, value):
    key = f'{codec}-{number}'
    sent[key] = value
    headers = [('codec', str(codec).encode()), ('empty', b'')]
    future = producer.send('mixed', key=key.encode(), value=value, headers=headers)
    future.add_errback(lambda error: failed.append(str(error)))


for codec in CODECS:
    producer = KafkaProducer(compression_type=codec, max_request_size=2000000, **AT)
    for number in range(500):
        send(producer, codec, number, f'{codec} {number} '.encode() * (number % 50 + 1))
    send(producer, codec, 500, os.urandom(1_500_000))
    if codec == 'gzip':
        print('restart', flush=True)
        number = 501
        while not back.is_set() or number < 1000:
            send(producer, codec, number, b'while it is away')
            number += 1
            back.wait(0.002)
        members.append(threading.Thread(target=member))
        members[-1].start()
    producer.flush(60)
    producer.close()

reader = KafkaConsumer(group_id='reader', enable_auto_commit=False, consumer_timeout_ms=4000, **AT)
partitions = [TopicPartition('mixed', partition) for partition in range(4)]
reader.assign(partitions)
reader.seek_to_beginning(*partitions)
read = []
wrong = []
for message in reader:
    key = message.key.decode()
    read.append(key)
    headers = [('codec', key.rsplit('-', 1)[0].encode()), ('empty', b'')]
    if message.value != sent[key] or list(message.headers) != headers:
        wrong.append(key)
for _ in range(300):
    if len(grouped) == len(sent):
        break
    done.wait(0.1)
done.set()
for thread in members:
    thread.join()

producer = KafkaProducer(transactional_id='mixed', **AT)
producer.init_transactions()
for transaction in range(10):
    producer.begin_transaction()
    for number in range(20):
        producer.send('tx', value=b'%d' % transaction, key=b'%d' % number)
    offsets = {partitions[0]: OffsetAndMetadata(transaction + 1, '', -1)}
    producer.send_offsets_to_transaction(offsets, 'reader')
    if transaction % 2 == 0:
        producer.commit_transaction()
    else:
        producer.abort_transaction()
producer.close()
committed = reader.committed(partitions[0])
reader.close()
transactions = {}
reader = KafkaConsumer(
    'tx', auto_offset_reset='earliest', isolation_level='read_committed', consumer_timeout_ms=4000, **AT
)
for message in reader:
    transactions[message.value.decode()] = transactions.get(message.value.decode(), 0) + 1
reader.close()
counts = {'sent': len(sent), 'read': len(read), 'distinct': len(set(read)), 'grouped': len(grouped)}
print(json.dumps({**counts, 'failed': failed, 'wrong': wrong, 'transactions': transactions, 'committed': committed}))
