import ssh2 from 'ssh2';

/** ssh2 is a CommonJS module whose exports Node's own loader can't name: whatever runs unbundled gets them so. */
export const { AgentProtocol, BaseAgent, Client, Server, createAgent, utils } = ssh2;
