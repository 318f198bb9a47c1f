/** Those that work everywhere are commands of features, and Escape; `app/keys.test.ts` holds that none is left out. */
export const groups = [
  {
    title: 'everywhere',
    keys: [
      ['search', '/'],
      ['toTopology', 'G'],
      ['toTable', 'T'],
      ['segments', 'S'],
      ['newNetwork', 'N'],
      ['hosts', 'H'],
      ['subnetMap', 'I'],
      ['changeLog', 'L'],
      ['undo', 'Mod Z'],
      ['thisSheet', '?'],
      ['closeDialog', 'Esc'],
    ],
  },
  {
    title: 'topology',
    keys: [
      ['move', '← ↑ ↓ →'],
      ['select', 'Enter'],
      ['attach', 'A'],
      ['actions', 'Shift F10'],
      ['fit', 'F'],
      ['zoom', '+ −'],
    ],
  },
  {
    title: 'table',
    keys: [
      ['rows', '↑ ↓'],
      ['inspect', 'Enter'],
      ['attach', 'A'],
      ['moveNetwork', 'M'],
      ['detach', 'D'],
      ['address', 'E'],
      ['actions', 'Shift F10'],
    ],
  },
] as const;
