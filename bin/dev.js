#!/usr/bin/env node
// ktool from its sources: builds what has changed, then runs.
import { prepare } from './setup.js';

await prepare();
await import('./run.js');
