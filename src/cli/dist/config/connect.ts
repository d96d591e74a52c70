import { join } from 'node:path';

const CONVERTERS = `# Records as JSON, with their schema
key.converter=org.apache.kafka.connect.json.JsonConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
key.converter.schemas.enable=true
value.converter.schemas.enable=true
`;

export const connectStandalone = (
  home: string,
): string => `# A Connect worker in one process: connect-standalone FILE CONNECTOR…
bootstrap.servers=localhost:9092

${CONVERTERS}
# Where it notes how far its sources were read
offset.storage.file.filename=${join(home, 'data', 'connect.offsets')}
offset.flush.interval.ms=10000
`;

export const CONNECT_DISTRIBUTED = `# A Connect worker that shares its work with others of the same group: connect-distributed FILE
bootstrap.servers=localhost:9092
group.id=connect-cluster

${CONVERTERS}
# Topics that the workers keep their state in; one broker can only have one copy
offset.storage.topic=connect-offsets
offset.storage.replication.factor=1
config.storage.topic=connect-configs
config.storage.replication.factor=1
status.storage.topic=connect-status
status.storage.replication.factor=1
offset.flush.interval.ms=10000
`;

export const FILE_SOURCE = `# Every line of test.txt becomes a record of connect-test.
name=local-file-source
connector.class=FileStreamSource
tasks.max=1
file=test.txt
topic=connect-test
`;

export const FILE_SINK = `# Every record of connect-test becomes a line of test.sink.txt.
name=local-file-sink
connector.class=FileStreamSink
tasks.max=1
file=test.sink.txt
topics=connect-test
`;

export const CONSOLE_SOURCE = `# Every line of standard input becomes a record of connect-test.
name=local-console-source
connector.class=org.apache.kafka.connect.file.FileStreamSourceConnector
tasks.max=1
topic=connect-test
`;

export const CONSOLE_SINK = `# Every record of connect-test becomes a line of standard output.
name=local-console-sink
connector.class=org.apache.kafka.connect.file.FileStreamSinkConnector
tasks.max=1
topics=connect-test
`;

export const MIRROR_MAKER = `# Copies topics from cluster A to cluster B: connect-mirror-maker FILE
clusters=A,B
A.bootstrap.servers=a-host:9092
B.bootstrap.servers=b-host:9092

A->B.enabled=true
A->B.topics=.*
B->A.enabled=false

# One copy of everything, as one broker can have no more
replication.factor=1
checkpoints.topic.replication.factor=1
heartbeats.topic.replication.factor=1
offset-syncs.topic.replication.factor=1
offset.storage.replication.factor=1
status.storage.replication.factor=1
config.storage.replication.factor=1
`;
