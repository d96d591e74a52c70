# Lists topics four times a second, over one connection for as long as it holds, and says each time how it went:
#   keep.py confluent-kafka|kafka-python ADDRESS CLIENT-ID MECHANISM USER PASSWORD SECONDS CA
# With OAUTHBEARER each token is new and holds for SECONDS. CA is the file of the authority, '' without TLS.
import base64, json, sys, time

library, address, client_id, mechanism, user, password, seconds, ca = sys.argv[1:]
seconds = float(seconds)


def token():
    part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b'=').decode()
    now = time.time()
    return part({'alg': 'none'}) + '.' + part({'sub': user, 'iat': now, 'exp': now + seconds}) + '.'


def confluent():
    from confluent_kafka.admin import AdminClient
    at = {'bootstrap.servers': address, 'client.id': client_id, 'security.protocol': 'sasl_ssl' if ca else 'sasl_plaintext', 'sasl.mechanism': mechanism, 'log_level': 0}
    if ca: at['ssl.ca.location'] = ca
    if mechanism == 'OAUTHBEARER':
        at['oauth_cb'] = lambda _: (token(), time.time() + seconds, user, {})
    else:
        at.update({'sasl.username': user, 'sasl.password': password})
    admin = AdminClient(at)
    def ask():
        admin.poll(0)
        admin.list_topics(timeout=3)
    return ask


def python():
    from kafka import KafkaAdminClient
    try:
        from kafka.net.sasl.oauth import AbstractTokenProvider
    except ImportError:
        from kafka.sasl.oauth import AbstractTokenProvider
    class Tokens(AbstractTokenProvider):
        def __init__(self): super().__init__()
        def token(self): return token()
    more = {'sasl_oauth_token_provider': Tokens()} if mechanism == 'OAUTHBEARER' else {'sasl_plain_username': user, 'sasl_plain_password': password}
    admin = KafkaAdminClient(bootstrap_servers=address, client_id=client_id, security_protocol='SASL_SSL' if ca else 'SASL_PLAINTEXT', ssl_cafile=ca or None, sasl_mechanism=mechanism, request_timeout_ms=3000, bootstrap_timeout_ms=6000, **more)
    return admin.list_topics


ask = confluent() if library == 'confluent-kafka' else python()
while True:
    try:
        ask()
        print('ok', flush=True)
    except Exception as e:
        print('no', repr(e).replace('\n', ' '), flush=True)
    time.sleep(0.25)
