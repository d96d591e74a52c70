"""What tutorials do with kafka-python, one after the other: prints a JSON document with what was seen."""
import json
import sys
import time
import warnings

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic

warnings.simplefilter('ignore')
broker = sys.argv[1]
seen = {}
to_json = {'value_serializer': lambda v: json.dumps(v).encode('utf-8')}
of_json = {'value_deserializer': lambda v: json.loads(v.decode('utf-8'))}


def consumer(*topics, **settings):
    given = {'auto_offset_reset': 'earliest', 'consumer_timeout_ms': 1500}
    return KafkaConsumer(*topics, bootstrap_servers=[broker], **{**given, **settings})


def drained(*topics, commit=False, **settings):
    reading, values = consumer(*topics, **settings), []
    for message in reading:
        values.append(message.value)
        if commit:
            reading.commit()
    reading.close()
    return values


def fails(work):
    try:
        return work() and None
    except Exception as error:
        return type(error).__name__


# Ten messages with acks=all to a topic nobody has created; a consumer that commits without a group is refused by the client.
producer = KafkaProducer(bootstrap_servers=broker, acks='all')
for i in range(10):
    producer.send('test-topic', f'Message {i}'.encode())
producer.flush()
seen['ordered'] = drained('test-topic', commit=True, group_id='by-hand') == [f'Message {i}'.encode() for i in range(10)]
seen['again'] = len(drained('test-topic', group_id='by-hand'))
seen['without group'] = fails(lambda: drained('test-topic', commit=True))

# JSON with a key; a second run goes on where the first stopped.
orders = KafkaProducer(bootstrap_servers=broker, acks='all', retries=3, key_serializer=str.encode, **to_json)
sent = orders.send('user-events', key='user-123', value={'action': 'click'}).get(timeout=10)
seen['future'] = [sent.partition, sent.offset]
seen['json'] = [drained('user-events', group_id='my-group', commit=True, **of_json) for _ in range(2)]

# Numbers of the same keys as in Java and librdkafka.
KafkaAdminClient(bootstrap_servers=broker).create_topics([NewTopic('keyed', 3, 1)])
keys = ('user-123', 'user-456', 'user-789')
seen['partitions'] = [orders.send('keyed', key=key, value=1).get(10).partition for key in keys]

# Every codec and acks, and where to begin without an offset.
for codec in ('snappy', 'lz4', 'gzip'):
    for acks in (0, 1, 'all'):
        packed = KafkaProducer(bootstrap_servers=broker, compression_type=codec, batch_size=32768, linger_ms=10, acks=acks)
        for i in range(10):
            packed.send('packed', b'x' * 100)
        packed.close()
seen['packed'] = len(drained('packed'))
seen['reset'] = [len(drained('packed', group_id=f'from-{reset}', auto_offset_reset=reset)) for reset in ('earliest', 'latest')]
seen['reset none'] = fails(lambda: drained('packed', group_id='from-none', auto_offset_reset='none'))

# Going back: to the beginning, to an offset, to a time.
partition = TopicPartition('packed', 0)
replay = consumer()
replay.assign([partition])
replay.seek_to_beginning(partition)
seen['replayed'] = len(list(replay))
replay.seek(partition, 88)
seen['from offset'] = len(list(replay))
seen['from time'] = replay.offsets_for_times({partition: 0})[partition].offset

# fetch.min.bytes is waited for, and no longer than that.
patient = consumer('packed', auto_offset_reset='latest', fetch_min_bytes=5000, fetch_max_wait_ms=20000)
while not patient.assignment():
    patient.poll(100)
patient.seek_to_end()
patient.position(partition)
patient.poll(100)
producer.send('packed', b'small').get(10)
seen['too little'] = len(patient.poll(700))
producer.send('packed', b'L' * 6000).get(10)
enough = []
while not enough:
    enough = [message for batch in patient.poll(500).values() for message in batch]
seen['enough'] = len(enough)
patient.close()

# Transactions: what was aborted is not seen, and of two producers with an id the first is fenced.
transactional = {'bootstrap_servers': broker, 'enable_idempotence': True, 'transactional_id': 'journeys'}
first, second = KafkaProducer(**transactional), KafkaProducer(**transactional)
first.init_transactions()
for value, end in ((b'a', first.commit_transaction), (b'b', first.abort_transaction)):
    first.begin_transaction()
    first.send('exactly', value).get(10)
    end()
second.init_transactions()
first.begin_transaction()
seen['fenced'] = fails(lambda: first.send('exactly', b'zombie').get(10))
second.begin_transaction()
second.send('exactly', b'c')
second.commit_transaction()
for level in ('read_committed', 'read_uncommitted'):
    seen[level] = [value.decode() for value in drained('exactly', isolation_level=level)]

# A record too large for the broker; a consumer that was there before its topic.
seen['too large'] = fails(lambda: KafkaProducer(bootstrap_servers=broker, max_request_size=5_000_000).send('packed', b'x' * 2_000_000).get(10))
early = consumer('later', group_id='early', metadata_max_age_ms=1000)
early.poll(1000)
producer.send('later', b'came').get(10)
deadline = time.time() + 15
came = []
while not came and time.time() < deadline:
    came = [message.value.decode() for batch in early.poll(500).values() for message in batch]
seen['later'] = came
print(json.dumps(seen))
