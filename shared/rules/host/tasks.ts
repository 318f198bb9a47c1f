import { toolboxTaskIds, type ToolboxTask, type ToolboxTaskId } from '../../model';

/** Version of the toolbox image that this console needs; part of its tag and its label. Rises with its contents. */
export const toolboxVersion = '1';

/** The image that the console makes itself. */
export const ownToolboxImage = `trunkline-toolbox:${toolboxVersion}`;

/** The label by which a toolbox image is known, on images of one's own and pulled ones; its value is the version. */
export const toolboxVersionLabel = 'io.trunkline.toolbox';

/** How the image gets onto engines unless the admin says otherwise. */
export const defaultToolboxSettings = { method: 'load', image: ownToolboxImage } as const;

/** What each task's container is given. This is both what is shown before the first use and what is sent. */
export const toolboxTasks: Readonly<Record<ToolboxTaskId, ToolboxTask>> = {
  facts: {
    id: 'facts',
    network: 'host',
    hostPids: false,
    capabilities: [],
    unconfined: false,
    changes: false,
    why: 'Reads the host’s network interfaces, addresses, speeds and counters. The engine’s API lists none.',
  },
  namespaces: {
    id: 'namespaces',
    network: 'none',
    hostPids: true,
    capabilities: ['SYS_PTRACE'],
    unconfined: true,
    changes: false,
    why: 'Finds network namespaces that are not Docker’s, by looking which one each process of the host is in.',
  },
  probe: {
    id: 'probe',
    network: 'host-or-container',
    hostPids: false,
    capabilities: ['NET_RAW'],
    unconfined: false,
    changes: false,
    why: 'Asks by ARP and ping, from where a container stands or from the host, who answers for an address.',
  },
  shim: {
    id: 'shim',
    network: 'host',
    hostPids: false,
    // NET_RAW: it asks by ARP whether somebody has the address before it takes it.
    capabilities: ['NET_ADMIN', 'NET_RAW'],
    unconfined: false,
    changes: true,
    why: 'Makes and removes the link by which the host itself reaches its macvlan containers, and sets how that link and its parent answer ARP.',
  },
};

/** Rights that were consented to, by task. */
export type ToolboxRights = Readonly<Record<string, readonly string[]>>;

/** What a task may do, a word for each right: whoever has more of them may do more. */
const rightsOf = ({ network, hostPids, capabilities, unconfined, changes }: ToolboxTask): string[] => [
  ...(network === 'none' ? [] : network.split('-or-').map((each) => `network:${each}`)),
  ...capabilities,
  ...(hostPids ? ['host-pids'] : []),
  ...(unconfined ? ['unconfined'] : []),
  ...(changes ? ['changes'] : []),
];

/** What all tasks may do now. */
export const toolboxRights = (): Record<string, string[]> =>
  Object.fromEntries(toolboxTaskIds.map((id) => [id, rightsOf(toolboxTasks[id])]));

/**
 * The tasks that may do something that was not consented to. All of them, where it was not written down what was: it may have
 * been anything.
 */
export const tasksBeyond = (
  consented: ToolboxRights | undefined,
  rights: ToolboxRights = toolboxRights(),
): ToolboxTaskId[] =>
  toolboxTaskIds.filter((id) => {
    const known = consented && Object.hasOwn(consented, id) ? consented[id] : undefined;
    return known === undefined || (rights[id] ?? []).some((each) => !known.includes(each));
  });
