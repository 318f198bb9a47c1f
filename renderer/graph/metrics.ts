/** Sizes of the picture in graph pixels. One place, so that layout, canvas and CSS agree. */
export const metrics = {
  hostHeader: 52,
  hostGap: 40,
  /** Room for a group's name above its hosts. */
  groupLabel: 34,
  hostPadding: 20,
  nicWidth: 112,
  nicHeight: 40,
  vlanHeight: 30,
  vlanIndent: 12,
  /** Interfaces that no network stands on: closer and smaller than those in use. */
  spareHeight: 24,
  spareGap: 4,
  spareAbove: 12,
  /** How far an interface sticks out of its host's left border, like a port on a chassis. */
  nicOut: 16,
  columnGap: 44,
  networkWidth: 232,
  networkHeight: 68,
  cardWidth: 208,
  cardHeight: 68,
  slimHeight: 30,
  slimInset: 10,
  cardGap: 20,
  /** Room above each row of cards, where the buses run. */
  gutter: 34,
  laneGap: 6,
  busAbove: 19,
  busStep: 5,
  spineWidth: 22,
  spineStep: 44,
  lanWidth: 268,
  lanHeight: 34,
  lanStep: 44,
} as const;
