import type { Feature } from '../../context/feature';

export const search = {
  commands: {
    search: {
      key: '/',
      run: ({ stores }) => stores.ui.setState((state) => ({ searchRequests: state.searchRequests + 1 })),
    },
  },
} as const satisfies Feature;
