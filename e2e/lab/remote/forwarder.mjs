// A process of the lab in the switch's network namespace. The listening sockets it is handed were made outside, on the
// machine's loopback, and stay there; what it connects to is reached over the lab's LAN, through the host's own NIC:
// a cable that is pulled cuts these connections as it cuts real ones, without a word to either end.
// Plain JavaScript, for it is started by itself. It ends with the process that started it.
import { connect } from 'node:net';

/** @typedef {{ to: import('node:net').TcpNetConnectOpts }} Order */

/**
 * What one end says, the other hears: data, an end as an end, a failure as a reset.
 * @param {import('node:net').Socket} from
 * @param {import('node:net').Socket} to
 */
function pass(from, to) {
  from.allowHalfOpen = true;
  from.setNoDelay(true);
  from.pipe(to);
  from.on('error', () => to.resetAndDestroy());
}

process.on('message', (/** @type {Order} */ { to }, handle) => {
  const server = /** @type {import('node:net').Server} */ (handle);
  server.on('connection', (near) => {
    const far = connect(to);
    pass(near, far);
    pass(far, near);
  });
  process.send?.('ready');
});
process.on('disconnect', () => process.exit(0));
