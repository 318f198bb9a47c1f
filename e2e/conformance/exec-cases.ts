import { connect } from 'node:net';
import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';

const SCRIPT = 'for i in /sys/class/net/*; do echo "${i##*/} $(cat $i/address)"; done';

/** Sends bytes and gives all that comes back until the engine closes its side. */
function exchange(socketPath: string, text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    const chunks: Buffer[] = [];
    socket.setTimeout(60_000, () => socket.destroy(new Error('the engine does not close the exec stream')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve(Buffer.concat(chunks)));
    socket.write(text);
  });
}

function start(bench: Bench, id: string, upgrade: boolean): Promise<Buffer> {
  const body = JSON.stringify({ Detach: false, Tty: false });
  const head = [
    `POST /exec/${id}/start HTTP/1.1`,
    'Host: docker',
    ...(upgrade ? ['Connection: Upgrade', 'Upgrade: tcp'] : ['Connection: close']),
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  return exchange(bench.target.socket, `${head.join('\r\n')}\r\n\r\n${body}`);
}

async function createExec(bench: Bench, container: string, Cmd: string[]): Promise<string> {
  const body = { AttachStdout: true, AttachStderr: true, Cmd };
  const answer = await bench.call('POST', `/containers/${container}/exec`, body);
  expect(answer.status, answer.text).toBe(201);
  return (JSON.parse(answer.text) as { Id: string }).Id;
}

/** Frames of the multiplexed stream: one byte of stream, three of nothing, four of length. */
function standardOutput(stream: Buffer): string {
  let text = '';
  for (let at = 0; at + 8 <= stream.length;) {
    const end = at + 8 + stream.readUInt32BE(at + 4);
    expect(stream.readUIntBE(at + 1, 3)).toBe(0);
    if (stream.readUInt8(at) === 1) text += stream.subarray(at + 8, end).toString();
    at = end;
  }
  return text;
}

const splitHead = (answer: Buffer): [string, Buffer] => {
  const at = answer.indexOf('\r\n\r\n');
  return [answer.subarray(0, at).toString(), answer.subarray(at + 4)];
};

/** Reading interface addresses through exec, the only program that Trunkline runs in others' containers. */
export function execCases(bench: () => Bench, it: CaseOf): void {
  it('prints each interface with its MAC over a hijacked connection', async () => {
    const net = await bench().macvlan({ Subnet: '10.180.0.0/24' });
    const c = await bench().running('bridge');
    await bench().connect(net, c);
    const [head, stream] = splitHead(
      await start(bench(), await createExec(bench(), c, ['sh', '-c', SCRIPT]), true),
    );
    expect(head).toMatch(/^HTTP\/1\.1 101 UPGRADED\r\n/);
    expect(head.toLowerCase()).toContain('\r\nupgrade: tcp');
    const endpoints = await bench().endpoints(c);
    const lines = standardOutput(stream)
      .trim()
      .split('\n')
      .filter((line) => !/^(lo|tunl0|sit0|gre|erspan|ip6)/.test(line));
    expect(lines).toEqual([`eth0 ${endpoints['bridge']?.MacAddress}`, `eth1 ${endpoints[net]?.MacAddress}`]);
  });

  it('does so without an upgrade too, and tells the exit code', async () => {
    const c = await bench().running('bridge');
    const id = await createExec(bench(), c, ['cat', '/sys/class/net/eth0/address']);
    const [head, stream] = splitHead(await start(bench(), id, false));
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(head).toContain('application/vnd.docker.raw-stream');
    expect(stream.toString('latin1')).toContain((await bench().endpoints(c))['bridge']?.MacAddress);
    expect(await bench().json(`/exec/${id}/json`)).toMatchObject({ ID: id, Running: false, ExitCode: 0 });
  });

  it('says so when the program is not there', async () => {
    const c = await bench().running('none');
    const id = await createExec(bench(), c, ['nosuchprogram']);
    const [, stream] = splitHead(await start(bench(), id, true));
    expect(stream.toString()).toMatch(
      bench().onPodman
        ? /executable file `nosuchprogram` not found in \$PATH/
        : /exec: "nosuchprogram": executable file not found in \$PATH/,
    );
    const { ExitCode } = await bench().json<{ ExitCode: number }>(`/exec/${id}/json`);
    expect([126, 127]).toContain(ExitCode);
  });

  it('refuses stopped and paused containers, an empty command, an unknown id', async () => {
    const c = await bench().container('none');
    const { Id } = await bench().inspect(c);
    const path = `/containers/${c}/exec`;
    await bench().refused(
      'POST',
      path,
      { Cmd: ['sh'] },
      409,
      new RegExp(`^[Cc]ontainer ${Id} is not running$`),
      /^can only create exec sessions on running containers: /,
    );
    await bench().ok('POST', `/containers/${c}/start`);
    await bench().refused(
      'POST',
      path,
      { Cmd: [] },
      400,
      'No exec command specified',
      /^must provide a non-empty command/,
    );
    await bench().ok('POST', `/containers/${c}/pause`);
    await bench().refused(
      'POST',
      path,
      { Cmd: ['sh'] },
      409,
      `Container ${c} is paused, unpause the container before exec`,
      /^cannot create exec session as container [0-9a-f]{64} is paused$/,
    );
    await bench().refused(
      'POST',
      '/exec/nope/start',
      {},
      404,
      'No such exec instance: nope',
      /^no exec session with ID nope found/,
    );
  });
}
