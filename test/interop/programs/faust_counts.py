"""A word count of Faust: a table that is a compacted topic, its changes published; see faust.test.ts."""
import os

import faust

app = faust.App(
    'counts',
    broker=f'kafka://{os.environ["BROKER"]}',
    store='memory://',
    datadir=os.environ['DATA'],
    web_enabled=False,
    topic_partitions=2,
    stream_wait_empty=False,
)
words = app.topic('words', value_type=str, value_serializer='raw', key_serializer='raw', key_type=bytes)
counted = app.topic('counted', value_type=str, value_serializer='raw')
counts = app.Table('totals', default=int, partitions=2)


@app.agent(words)
async def count(stream):
    async for word in stream.group_by(lambda word: word, name='word'):
        counts[word] += 1
        await counted.send(key=word, value=f'{word} {counts[word]}')


app.main()
