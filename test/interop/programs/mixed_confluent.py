"""A longer mixed run of confluent-kafka (librdkafka): see mixed.test.ts for what it prints and is told."""
import json
import os
import sys
import threading

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

AT = {'bootstrap.servers': sys.argv[1]}
CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd']
back = threading.Event()
done = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), back.set()), daemon=True).start()

new = [NewTopic('mixed', 4, 1, config={'max.message.bytes': '2000000'}), NewTopic('tx', 2, 1)]
admin = AdminClient(AT)
for future in admin.create_topics(new).values():
    future.result()

grouped = set()


def member():
    consumer = Consumer({**AT, 'group.id': 'team', 'auto.offset.reset': 'earliest'})
    consumer.subscribe(['mixed'])
    while not done.is_set():
        message = consumer.poll(0.2)
        if message is not None and message.error() is None:
            grouped.add(message.key().decode())
    consumer.close()


members = [threading.Thread(target=member) for _ in range(2)]
for thread in members:
    thread.start()

sent = {}
failed = []


def send(producer, codec, number, value):
    key = f'{codec}-{number}'
    sent[key] = value
    headers = [('codec', codec.encode()), ('empty', b''), ('none', None)]
    delivered = lambda error, _: error and failed.append(str(error))
    producer.produce('mixed', key=key, value=value, headers=headers, on_delivery=delivered)
    producer.poll(0)


for at, codec in enumerate(CODECS):
    producer = Producer({**AT, 'compression.type': codec, 'enable.idempotence': True, 'message.max.bytes': 2000000})
    for number in range(500):
        send(producer, codec, number, f'{codec} {number} '.encode() * (number % 50 + 1))
    send(producer, codec, 500, os.urandom(1_500_000))
    if codec == 'snappy':
        print('restart', flush=True)
        number = 501
        while not back.is_set() or number < 1000:
            send(producer, codec, number, b'while it is away')
            number += 1
            back.wait(0.002)
        members.append(threading.Thread(target=member))
        members[-1].start()
    assert producer.flush(60) == 0

reader = Consumer({**AT, 'group.id': 'reader', 'enable.auto.commit': False, 'message.max.bytes': 2000000})
reader.assign([TopicPartition('mixed', partition, 0) for partition in range(4)])
read = []
wrong = []
quiet = 0
while quiet < 3:
    message = reader.poll(1)
    quiet = quiet + 1 if message is None else 0
    if message is not None and message.error() is None:
        key = message.key().decode()
        read.append(key)
        codec = key.split('-')[0].encode()
        if message.value() != sent[key] or message.headers() != [('codec', codec), ('empty', b''), ('none', None)]:
            wrong.append(key)
for _ in range(300):
    if len(grouped) == len(sent):
        break
    done.wait(0.1)
done.set()
for thread in members:
    thread.join()

producer = Producer({**AT, 'transactional.id': 'mixed'})
producer.init_transactions()
for transaction in range(10):
    producer.begin_transaction()
    for number in range(20):
        producer.produce('tx', value=f'{transaction}', key=str(number))
    offsets = [TopicPartition('mixed', 0, transaction + 1)]
    producer.send_offsets_to_transaction(offsets, reader.consumer_group_metadata())
    if transaction % 2 == 0:
        producer.commit_transaction()
    else:
        producer.abort_transaction()
committed = reader.committed([TopicPartition('mixed', 0)])[0].offset
reader.close()
reader = Consumer({**AT, 'group.id': 'committed', 'auto.offset.reset': 'earliest', 'isolation.level': 'read_committed'})
reader.subscribe(['tx'])
transactions = {}
quiet = 0
while quiet < 3:
    message = reader.poll(2)
    quiet = quiet + 1 if message is None else 0
    if message is not None and message.error() is None:
        transactions[message.value().decode()] = transactions.get(message.value().decode(), 0) + 1
reader.close()
counts = {'sent': len(sent), 'read': len(read), 'distinct': len(set(read)), 'grouped': len(grouped)}
print(json.dumps({**counts, 'failed': failed, 'wrong': wrong, 'transactions': transactions, 'committed': committed}))
