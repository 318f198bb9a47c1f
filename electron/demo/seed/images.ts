import type { DemoEngine } from '../engine/engine';
import { hashText, Random } from '../engine/random';
import { shellless } from './services';

const DAY = 86_400_000;

/** Puts the image on the engine, unless it is there. */
export function addImage(engine: DemoEngine, tag: string): void {
  if (engine.images.some((image) => image.tag === tag)) return;
  const random = new Random(hashText(tag));
  engine.images.push({
    id: `sha256:${random.hex(64)}`,
    tag,
    created: Date.now() - random.between(10, 300) * DAY,
    size: random.between(8, 900) * 1_000_000,
    command: ['/usr/local/bin/entrypoint', '--serve'],
    shell: !shellless.includes(tag),
  });
}
