import { connect } from 'node:net';

/**
 * Presses the machine's reset button, by QEMU's own monitor (QMP): works whatever the machine hangs at, as power does.
 * @throws Error when the monitor does not answer within 10 s.
 */
export function pressReset(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    let answers = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error('the machine’s monitor says nothing for 10 s')));
    socket.on('data', (part) => {
      answers += part.toString();
      // Its greeting, then an empty answer to each of the two commands.
      if ((answers.match(/^\{"return": \{\}\}/gm)?.length ?? 0) >= 2) socket.end();
    });
    socket.once('error', reject);
    socket.once('close', (failed) => {
      if (!failed) resolve();
    });
    for (const execute of ['qmp_capabilities', 'system_reset'])
      socket.write(`${JSON.stringify({ execute })}\n`);
  });
}
