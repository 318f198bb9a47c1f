import { createConsole } from '../../electron/services/console';
import { dispatch } from '../../electron/services/dispatch';
import { givenEndpoints } from '../../electron/services/testing/given-engines';

/**
 * A whole console in a process of its own, to be killed: its folder and its engines as arguments, commands and answers
 * over the parent's channel.
 */
const [userDataDir = '', ...endpoints] = process.argv.slice(2);
const report = (error: unknown) => {
  console.error(error);
};

async function main(): Promise<void> {
  const core = await createConsole({
    engines: givenEndpoints(endpoints),
    userDataDir,
    report,
    info: { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' },
  });
  process.on('message', (message: { id: number; name: string; input: unknown }) => {
    const { id, name, input } = message;
    if (name === 'end') return void core.dispose().then(() => process.exit(0));
    void dispatch(core.handlers, name, input, (_name, error) => report(error)).then((result) =>
      process.send?.({ id, result }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ id: 0, result: 'ready' });
}

void main();
