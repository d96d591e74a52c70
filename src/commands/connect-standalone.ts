import { connectWorker } from '../cli/connect.ts';

export default connectWorker('connect-standalone', 'worker.properties [connector1.properties connector2.json …]');
