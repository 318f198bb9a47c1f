// What vitest's tests need beside this is in ./vitest: importing vitest here would break every other user.
export type { ApiAnswer } from './engine-api';
export type { EngineKind } from './engines';
export type { LabHost } from './host';
export { until } from './poll';
export { ensurePrerequisites, missingPrerequisites, type Missing } from './prerequisites';
export type { SshAgent } from './remote/agent';
export type { ServerCertificate } from './remote/certificates';
export type { LabSsh } from './remote/ssh';
export type { ClientFiles, LabTls } from './remote/tls';
export type { LabRecord } from './record';
export { openLab, startLab, type HostOptions, type Lab, type LabOptions } from './start';
export { transfer, type TransferResult } from './transfer';
