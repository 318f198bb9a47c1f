import { expect, it } from 'vitest';
import { commands, pushNames } from '../../shared/contract';
import { namesFromArguments, namesToArguments } from './channels';

it('carries the names of the contract over to the preload', () => {
  const names = { commands: Object.keys(commands), pushes: pushNames };
  expect(namesFromArguments(['/usr/bin/app', '--other', ...namesToArguments(names)])).toEqual(names);
});

it('allows nothing where the names are missing', () => {
  expect(namesFromArguments(['/usr/bin/app'])).toEqual({ commands: [], pushes: [] });
});
