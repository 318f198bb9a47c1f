import { z } from 'zod';
import { probeTargetSchema } from './host';
import { problemSchema } from './errors';

/**
 * How one place sees another. `reachable`: on the same layer-2 domain; `routed`: only through a router; `isolated`: it
 * lives, and nothing leads there over the asking network; `unanswered`: a way may lead there, and nothing came back, which
 * proves nothing, since pings may be dropped where other traffic passes; `unknown`: nothing is proven; `self`: it is the
 * same place. All of it is about networks: a container that is on others too (`alsoOn`) may reach by those what its place
 * is isolated from.
 */
export const isolationVerdicts = [
  'self',
  'reachable',
  'routed',
  'isolated',
  'unanswered',
  'unknown',
] as const;
export type IsolationVerdict = (typeof isolationVerdicts)[number];

/** Why a verdict is what it is. */
export const isolationReasons = [
  /** It is the asker itself. */
  'self',
  /** The very machine answered by ARP (or as an IPv6 neighbour). */
  'arp',
  /** Somebody answered by ARP for the address on the asker's own subnet; the target's MAC is not known. */
  'address_answers',
  /** It answered echo requests on the link. */
  'ping',
  /** It answered echo requests through a router. */
  'router',
  /** It lives, its address is one of the asker's own subnet, and nobody answers for it on the link. */
  'silent',
  /** The way there is through a router, and that router does not answer on the link. */
  'no_router',
  /** It lives, and no answer came back through the router. */
  'no_answer',
  /** Nothing led there, but asked the other way round there was an answer. */
  'answers_back',
  /** Somebody answered for the address, but another machine, which may pass on what it gets. */
  'other_answers',
  /** No route leads to the address over the asking network, and it does not answer on the link either. */
  'no_way',
  /** It did not answer, and nothing shows that it lives. */
  'not_alive',
  /** The same address is in use on another network too: nobody can tell who answered. */
  'ambiguous',
  /** Somebody on the link answers for an address that is in none of the asker's subnets; the target's MAC is not known. */
  'holder_unknown',
  /** The asking container stands on both LANs itself. */
  'stands_in_both',
  /** No container there to ask from, or to be asked. */
  'no_container',
  /** The engine is not online. */
  'offline',
  /** Asking failed; the row's problem says why. */
  'failed',
  /** The run was cancelled before this was asked. */
  'cancelled',
] as const;
export type IsolationReason = (typeof isolationReasons)[number];

/** A network on one host, and the container there that asks and is asked. */
export const isolationPlaceSchema = z.object({
  engineId: z.string(),
  engineName: z.string(),
  networkId: z.string(),
  networkName: z.string(),
  /** 802.1Q id by the parent's name; null when untagged or unknown. */
  vlan: z.number().nullable(),
  /** CIDR notation. */
  subnets: z.array(z.string()),
  /** Null when no running container has an address on the network. */
  container: z
    .object({
      id: z.string(),
      name: z.string(),
      /** IPv4 where it has one. */
      address: z.string(),
      /** Its IPv6 address besides; empty where it has none, or `address` is one. */
      ipv6: z.string(),
      /** Lower case; empty where the engine does not say. */
      mac: z.string(),
    })
    .nullable(),
  /** Names of other networks that the container is on: a way round, if anything is one. */
  alsoOn: z.array(z.string()),
  /** Why nothing could be asked from there. */
  problem: problemSchema.optional(),
});
export type IsolationPlace = z.infer<typeof isolationPlaceSchema>;

/** As a container's: `ipv6` is the address of that family besides, or empty. */
const asked = { address: z.string(), ipv6: z.string() };

/** What is asked for: the container of a place, or a gateway. `place` and `places` count from 0 in `places`. */
export const isolationTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('place'), place: z.number(), ...asked }),
  /** The router of the LAN that `places` are on. */
  z.object({ kind: z.literal('gateway'), places: z.array(z.number()), ...asked }),
]);
export type IsolationTarget = z.infer<typeof isolationTargetSchema>;

export const isolationCellSchema = z.object({
  verdict: z.enum(isolationVerdicts),
  reason: z.enum(isolationReasons),
  /** What the probe saw, of the family that decided; null when none was made. */
  evidence: probeTargetSchema.nullable(),
  /** Each family that was asked: those that both ends have, or, where there is none, those of the target. */
  asked: z.array(
    z.object({
      family: z.enum(['ipv4', 'ipv6']),
      verdict: z.enum(isolationVerdicts),
      reason: z.enum(isolationReasons),
      evidence: probeTargetSchema,
    }),
  ),
});
export type IsolationCell = z.infer<typeof isolationCellSchema>;

/** Who reaches whom: `cells[row][column]` is how `places[row]` sees `targets[column]`. */
export const isolationReportSchema = z.object({
  /** When it was begun, and when it was done; milliseconds since the epoch. */
  at: z.number(),
  doneAt: z.number(),
  /** Ended early by `run.cancel`: what was not asked has `cancelled` for its reason. */
  cancelled: z.boolean(),
  places: z.array(isolationPlaceSchema),
  targets: z.array(isolationTargetSchema),
  cells: z.array(z.array(isolationCellSchema)),
});
export type IsolationReport = z.infer<typeof isolationReportSchema>;
