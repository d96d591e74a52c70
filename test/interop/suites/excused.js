// Tests that ktool fails and that are not held against it, by suite: Apache Kafka 4.3.1 fails them in the same run, or the
// reason says what ktool does otherwise on purpose.
const ACLS = 'wants an authorizer';
const SASL = 'wants a SASL listener on 9093';
const OFFSETS = 'its helper getOffsets dereferences nil, with any broker';
const PORT = 'goes to port 9092, the default, whatever the broker';

export const excused = {
  'kafka-go': {
    TestUnsupportedSASLMechanism: SASL,
    'TestWriter/writing_a_message_with_SASL_Plain_authentication': SASL,
    TestClientCreateACLs: ACLS,
    TestClientDeleteACLs: ACLS,
    TestClientDescribeACLs: ACLS,
    'TestDialerResolver/resolve_domain_to_ip': PORT,
    'TestDialerResolver/resolve_domain_to_ip_and_port': PORT,
    TestReaderReadCompactedMessage: 'sets segment.bytes=200, less than Kafka 4 takes',
    'TestReaderConsumerGroup/consumer_group_commits_on_close': OFFSETS,
    'TestReaderConsumerGroup/verify_offset_committed': OFFSETS,
    'TestReaderConsumerGroup/verify_offset_committed_when_using_interval_committer': OFFSETS,
    TestRebalanceTooManyConsumers: 'its reader asks once for a topic that comes a moment later',
  },
  'kafka-python': {
    test_create_describe_delete_acls: ACLS,
    test_group: 'four members with sessions of 3 s do not settle in its 15 s',
    test_ssl_handshake: 'starts a broker by files that are not in the distribution',
    test_legacy_kafka_client_ssl: 'starts a broker by files that are not in the distribution',
  },
};
