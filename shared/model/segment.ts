import { z } from 'zod';
import { noticeSchema, problemSchema } from './errors';

/** One subnet of a segment. The first of each family is the one that suggestions and new ranges begin with. */
export const segmentSubnetSchema = z.object({
  /** CIDR without host bits, `10.70.1.0/24` or `fd00:70::/64`. */
  subnet: z.string(),
  /** The router's address in it. */
  gateway: z.string().optional(),
});
export type SegmentSubnet = z.infer<typeof segmentSubnetSchema>;

/** Addresses that are not Docker's to hand out: no automatic range and no suggestion touches them. */
export const reservedRangeSchema = z.object({
  /** First and last address, both included; the same for a single address. */
  from: z.string(),
  to: z.string(),
  /** `dhcp`: a foreign DHCP server hands them out. */
  kind: z.enum(['dhcp', 'reserved']),
  note: z.string().optional(),
});
export type ReservedRange = z.infer<typeof reservedRangeSchema>;

/** Where a segment is to stand on one host: what the wizard asks for. Fields left out are filled by the plan. */
export const hostChoiceSchema = z.object({
  engineId: z.string(),
  /** The host's own NIC: `eth0`, `bond0`. The VLAN id is put behind it. */
  parentNic: z.string(),
  /** The interface itself, where the VLAN link on this host has another name than `nic.id`; it must exist there. */
  parent: z.string().optional(),
  /** Name of the Docker network; the segment's own when left out. */
  networkName: z.string().optional(),
  /** CIDR; a free part of the subnet, disjoint from those of the other hosts, when left out. */
  ipRange: z.string().optional(),
  ipRange6: z.string().optional(),
  /** The automatic ranges of further subnets, each in the one that it is inside of. */
  moreRanges: z.array(z.string()).optional(),
  /** Addresses that this host's engine never hands out: name → address (`--aux-address`). */
  exclusions: z.record(z.string(), z.string()).optional(),
});
export type HostChoice = z.infer<typeof hostChoiceSchema>;

/** A segment's network on one host, as planned. Without ranges the engine hands out from the whole subnet. */
export const segmentMemberSchema = hostChoiceSchema.extend({ networkName: z.string() });
export type SegmentMember = z.infer<typeof segmentMemberSchema>;

/** A segment without its hosts: what is the same on all of them. */
export const segmentDraftSchema = z.object({
  /** What the admin calls it; unique, case aside. */
  name: z.string().max(60),
  /** `#rrggbb`; the window picks one when left out. */
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .optional(),
  /** Whose it is; a filter, nothing more. */
  tenant: z.string().optional(),
  /** 802.1Q id, 1–4094; null: untagged. */
  vlan: z.number().int().min(1).max(4094).nullable(),
  subnets: z.array(segmentSubnetSchema).min(1).max(16),
  driver: z.enum(['macvlan', 'ipvlan']),
  /** macvlan: bridge, private, vepa, passthru; ipvlan: l2, l3, l3s. */
  mode: z.string(),
  /** Bytes. Engines ignore it (docker-network option accepted without effect): links take their parent's MTU. */
  mtu: z.number().int().min(68).max(65_535).optional(),
  reserved: z.array(reservedRangeSchema).default([]),
  /**
   * Whether containers have no way out of the LAN: engines give them no gateway (`--internal`). A plan of earlier versions
   * says nothing of it: there the networks stay as they are.
   */
  internal: z.boolean().optional(),
  /** The driver's options besides parent, mode and MTU: `ipvlan_flag`. */
  options: z.record(z.string(), z.string()).optional(),
});
export type SegmentDraft = z.infer<typeof segmentDraftSchema>;

/** One layer-2 broadcast domain that spans hosts, as `plan.yaml` keeps it. */
export const segmentSchema = segmentDraftSchema.extend({
  id: z.string().min(1),
  /** At most one per engine and parent. */
  members: z.array(segmentMemberSchema),
});
export type Segment = z.infer<typeof segmentSchema>;

/** One difference between plan and engine; empty text means “none”. */
export const driftSchema = z.object({
  field: z.enum([
    'name',
    'parent',
    'driver',
    'mode',
    'subnet',
    'gateway',
    'ipRange',
    'internal',
    'exclusions',
    'options',
  ]),
  planned: z.string(),
  actual: z.string(),
});
export type Drift = z.infer<typeof driftSchema>;

export const memberStates = [
  /** On the engine as planned. */
  'present',
  /** Planned, and not on the engine. */
  'missing',
  /** On the engine, but otherwise than planned: see `drift`. */
  'drifted',
  /** On the engine and clearly part of the segment, but not in the plan: adopt it, or leave it. */
  'unplanned',
  /** The engine is not on the list, or was never reached: nothing is known. */
  'unknown',
] as const;

export const memberViewSchema = segmentMemberSchema.extend({
  /** Null while there is no such network. */
  networkId: z.string().nullable(),
  state: z.enum(memberStates),
  drift: z.array(driftSchema),
});
export type MemberView = z.infer<typeof memberViewSchema>;

/** A segment as planned, with its members as they are. */
export const segmentViewSchema = z.object({ segment: segmentSchema, members: z.array(memberViewSchema) });
export type SegmentView = z.infer<typeof segmentViewSchema>;

/** What `segments.list` gives. */
export const segmentListSchema = z.object({
  segments: z.array(segmentViewSchema),
  /**
   * Networks that look like one segment and are in no plan: adopting one (`adopt-segment`) writes the plan
   * and touches no engine. Those with one member only are there too: a LAN on one host can grow.
   */
  candidates: z.array(segmentSchema),
});
export type SegmentList = z.infer<typeof segmentListSchema>;

/**
 * `docker`: a shell script of `docker network create` lines for each host. `compose`: a compose file's `networks:` for
 * each host, which makes it. `external`: one that uses the network that is there. `swarm`: a config-only network for each
 * node, and one made from it for a manager.
 */
export const segmentFormats = ['docker', 'compose', 'external', 'swarm'] as const;
export type SegmentFormat = (typeof segmentFormats)[number];

/** One file of an export. */
export const segmentFileSchema = z.object({
  /** Whose it is; null for what is run once (Swarm's manager). */
  engineId: z.string().nullable(),
  /** A proposal, `iot.atlas.sh`. */
  name: z.string(),
  text: z.string(),
});
export type SegmentFile = z.infer<typeof segmentFileSchema>;

/** A segment found in a text: choose an engine for each host, then ask for `create-segment`. */
export const importedSegmentSchema = z.object({
  segment: segmentDraftSchema,
  hosts: z.array(
    hostChoiceSchema.omit({ engineId: true }).extend({
      networkName: z.string(),
      /** The host that the text names for it (`# host: atlas`); empty when it names none. */
      hostName: z.string(),
    }),
  ),
});
export type ImportedSegment = z.infer<typeof importedSegmentSchema>;

/** What an import found; networks that can't be a segment's are in `problems`, each with its reason. */
export const segmentImportSchema = z.object({
  segments: z.array(importedSegmentSchema),
  problems: z.array(problemSchema),
  /** What the text says and no segment holds. */
  notices: z.array(noticeSchema),
  /**
   * Variables of the text, and commands whose output it speaks of (`$(hostname)`), with the value that stands for each;
   * empty where nobody has told one. Ask again with `values`.
   */
  asks: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type SegmentImport = z.infer<typeof segmentImportSchema>;
