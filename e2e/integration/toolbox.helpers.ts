import { machine } from 'node:os';
import { afterEach, beforeEach } from 'vitest';
import type { EngineClient } from '../../electron/docker';
import { rootfsSource, Toolbox } from '../../electron/toolbox';
import type { ToolboxSettings } from '../../shared/model';
import { ownToolboxImage } from '../../shared/rules';
import type { LabHost } from '../lab';
import { freshLab } from '../lab/vitest';
import { connectTo } from './engine-client.helpers';

/** What the toolbox's file system is made of: this machine's own programs. */
export const source = rootfsSource([]);
export const own: ToolboxSettings = { method: 'load', image: ownToolboxImage };

/** A lab with a client of its first host for each test, after which no host has the toolbox's image. */
export function toolboxLab() {
  const lab = freshLab();
  const [host] = lab.hosts;
  const held: { client?: EngineClient } = {};
  beforeEach(() => {
    held.client = connectTo(host);
  });
  afterEach(async () => {
    held.client?.close();
    for (const each of lab.hosts) await each.docker('rmi', '-f', ownToolboxImage).catch(() => undefined);
  });
  const client = (): EngineClient => {
    if (!held.client) throw new Error('there is a client in tests only');
    return held.client;
  };
  const target = () => ({ client: client(), host: host.name, architecture: machine() });
  const toolbox = (settings: Partial<ToolboxSettings> = {}, signal?: AbortSignal): Toolbox =>
    new Toolbox({
      target: target(),
      settings: { ...own, ...settings },
      source,
      ...(signal && { signal }),
    });
  return { lab, client, target, toolbox };
}

/** What a Linux admin would see. */
export const linksOf = async (host: LabHost): Promise<Record<string, unknown>[]> =>
  JSON.parse(await host.exec('ip', '-j', '-d', 'addr')) as Record<string, unknown>[];
