export const PRODUCER = `# Settings of a producer, for kafka-console-producer --command-config and your own programs.
bootstrap.servers=localhost:9092

# none, gzip, snappy, lz4 or zstd
compression.type=none

# How sure it wants to be: all (the default), 1 (the leader has it) or 0 (do not wait)
#acks=all
# Records wait so many milliseconds for others, so that fewer requests go out
#linger.ms=5
#batch.size=16384
#buffer.memory=33554432
# The largest request, and with it the largest record
#max.request.size=1048576
#request.timeout.ms=30000
#max.block.ms=60000
`;

export const CONSUMER = `# Settings of a consumer, for kafka-console-consumer --command-config and your own programs.
bootstrap.servers=localhost:9092

# The group whose offsets are kept
group.id=test-consumer-group

# Where a group begins that has no offset yet: earliest, latest or none
#auto.offset.reset=latest
#enable.auto.commit=true
# How long the broker may wait for so many bytes
#fetch.min.bytes=1
#fetch.max.wait.ms=500
#max.poll.records=500
#session.timeout.ms=45000
`;
