import { expect, it } from 'vitest';
import { ResourceType } from '../../../src/broker/metadata/image.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { UpdateFeatures } from '../../../src/protocol/messages/update-features.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';

const ELR = 'eligible.leader.replicas.version';
const MIN_ISR = 'min.insync.replicas';

it('sets min.insync.replicas for the cluster when eligible leader replicas begin', async () => {
  const broker = await startTestBroker({ overrides: new Map([[MIN_ISR, '2']]) });
  const { metadata } = broker.services;
  const client = await connect(broker);
  const setElr = (maxVersionLevel: number, upgradeType: number) =>
    client.request(UpdateFeatures, 2, {
      featureUpdates: [{ feature: ELR, maxVersionLevel, allowDowngrade: false, upgradeType }],
    });
  await setElr(0, 2);
  expect(metadata.features.has(ELR)).toBe(false);
  metadata.changeConfigs(ResourceType.BROKER, '', [{ name: MIN_ISR, value: null }]);
  await setElr(1, 1);
  expect(metadata.features.get(ELR)).toBe(1);
  expect(metadata.configs(ResourceType.BROKER, '').get(MIN_ISR)).toBe('2');
});

it('changes nothing if one of the features cannot change', async () => {
  const broker = await startTestBroker();
  const client = await connect(broker);
  const featureUpdates = [
    { feature: 'transaction.version', maxVersionLevel: 1, allowDowngrade: false, upgradeType: 2 },
    { feature: 'kraft.version', maxVersionLevel: 2, allowDowngrade: false, upgradeType: 1 },
  ];
  const answer = await client.request(UpdateFeatures, 2, { featureUpdates });
  expect(answer.errorCode).toBe(ErrorCode.INVALID_UPDATE_VERSION);
  expect(answer.errorMessage).toContain('for feature kraft.version. Local controller 1 only supports versions 0-1');
  expect(broker.services.metadata.features.get('transaction.version')).toBe(2);
});
