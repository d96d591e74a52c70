import { connectWorker } from '../cli/connect.ts';

export default connectWorker('connect-distributed', 'worker.properties');
