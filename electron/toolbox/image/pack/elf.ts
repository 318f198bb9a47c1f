/** What an ELF file says of itself. Source: elf(5). */
export interface Elf {
  /** As `uname -m` names it; `machine 40` for one that is of no interest here. */
  architecture: string;
  /** The loader that a dynamic program asks for: an absolute path. */
  interpreter?: string;
  /** Names of the shared libraries that it needs itself. */
  needed: string[];
}

const architectures: Record<number, string> = { 62: 'x86_64', 183: 'aarch64' };

/** Types of program headers, tags of the dynamic section. */
const [LOAD, DYNAMIC, INTERP] = [1, 2, 3];
const [END, NEEDED, STRTAB] = [0, 1, 5];

interface Segment {
  type: number;
  offset: number;
  /** Where it lies in memory. */
  address: number;
  size: number;
}

/** Offsets in a file are far below 2^53. */
const u64 = (file: Buffer, at: number): number => Number(file.readBigUInt64LE(at));

function segmentsOf(file: Buffer): Segment[] {
  const [first, size, count] = [u64(file, 32), file.readUInt16LE(54), file.readUInt16LE(56)];
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * size;
    return {
      type: file.readUInt32LE(at),
      offset: u64(file, at + 8),
      address: u64(file, at + 16),
      size: u64(file, at + 32),
    };
  });
}

/** The text from there up to its zero byte. */
const textAt = (file: Buffer, at: number): string => file.toString('latin1', at, file.indexOf(0, at));

function neededBy(file: Buffer, segments: readonly Segment[]): string[] {
  const dynamic = segments.find(({ type }) => type === DYNAMIC);
  if (!dynamic) return [];
  const entries = Array.from({ length: Math.floor(dynamic.size / 16) }, (_, index) => {
    const at = dynamic.offset + index * 16;
    return { tag: u64(file, at), value: u64(file, at + 8) };
  });
  const end = entries.findIndex(({ tag }) => tag === END);
  const used = end < 0 ? entries : entries.slice(0, end);
  const address = used.find(({ tag }) => tag === STRTAB)?.value;
  const load = segments.find(
    (each) =>
      each.type === LOAD &&
      address !== undefined &&
      address >= each.address &&
      address < each.address + each.size,
  );
  if (address === undefined || !load) return [];
  const strings = address - load.address + load.offset;
  return used.filter(({ tag }) => tag === NEEDED).map(({ value }) => textAt(file, strings + value));
}

/**
 * Reads a 64-bit little-endian program or library; null for any other file.
 *
 * @throws RangeError for one that is cut off.
 */
export function readElf(file: Buffer): Elf | null {
  // The magic number, then class 2 (64 bits) and data 1 (little-endian).
  if (file.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') return null;
  const segments = segmentsOf(file);
  const machine = file.readUInt16LE(18);
  const interpreter = segments.find(({ type }) => type === INTERP);
  return {
    architecture: architectures[machine] ?? `machine ${machine}`,
    ...(interpreter && { interpreter: textAt(file, interpreter.offset) }),
    needed: neededBy(file, segments),
  };
}
