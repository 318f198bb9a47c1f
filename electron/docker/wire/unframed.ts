import { Transform, type Readable } from 'node:stream';

/**
 * A followed log without the heads of its frames: of each one byte of stream type, three of padding, four of length. All streams
 * are put together.
 */
export function unframed(stream: Readable): Readable {
  let head = Buffer.alloc(0);
  let rest = 0;
  const take = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let at = 0; at < chunk.length;) {
        if (rest > 0) {
          const part = chunk.subarray(at, at + rest);
          this.push(part);
          rest -= part.length;
          at += part.length;
        } else {
          const part = chunk.subarray(at, at + 8 - head.length);
          head = Buffer.concat([head, part]);
          at += part.length;
          if (head.length < 8) break;
          rest = head.readUInt32BE(4);
          head = Buffer.alloc(0);
        }
      }
      done();
    },
  });
  stream.on('error', (error) => take.destroy(error));
  stream.on('close', () => take.end());
  take.on('close', () => stream.destroy());
  return stream.pipe(take);
}
