import { parentPort, workerData } from 'node:worker_threads';
import type { ImportSource } from '../shared/rules';
import { importSegments } from './services/segments/transfer';

// The program of the thread that reads a pasted text: one text, one answer.
parentPort?.postMessage(importSegments(workerData as ImportSource));
