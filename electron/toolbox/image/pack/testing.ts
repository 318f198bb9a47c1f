/** For unit tests: a 64-bit little-endian ELF file with what `readElf` reads, and nothing else. */
export function elfFile(
  machine: number,
  { interpreter = '', needed = [] }: { interpreter?: string; needed?: readonly string[] } = {},
): Buffer {
  const [headerSize, entrySize, strings] = [64, 56, 512];
  // Where the file lies in memory, so that an address is never taken for an offset.
  const base = 0x400000;
  const names = Buffer.from(`\0${[...needed, interpreter].map((name) => `${name}\0`).join('')}`, 'latin1');
  const nameAt = (name: string): number => names.indexOf(`\0${name}\0`, 0, 'latin1') + 1;
  const tags = [...needed.map((name) => [1, nameAt(name)] as const), [5, base + strings], [0, 0]] as const;
  const dynamicAt = headerSize + 3 * entrySize;
  const headers = [
    { type: 1, offset: 0, size: strings + names.length },
    { type: 2, offset: dynamicAt, size: tags.length * 16 },
    ...(interpreter
      ? [{ type: 3, offset: strings + nameAt(interpreter), size: interpreter.length + 1 }]
      : []),
  ];
  const file = Buffer.alloc(strings + names.length);
  file.write('\x7fELF\x02\x01\x01', 'latin1');
  file.writeUInt16LE(machine, 18);
  file.writeBigUInt64LE(BigInt(headerSize), 32);
  file.writeUInt16LE(entrySize, 54);
  file.writeUInt16LE(headers.length, 56);
  for (const [index, { type, offset, size }] of headers.entries()) {
    const at = headerSize + index * entrySize;
    file.writeUInt32LE(type, at);
    file.writeBigUInt64LE(BigInt(offset), at + 8);
    file.writeBigUInt64LE(BigInt(base + offset), at + 16);
    file.writeBigUInt64LE(BigInt(size), at + 32);
  }
  for (const [index, [tag, value]] of tags.entries()) {
    file.writeBigUInt64LE(BigInt(tag), dynamicAt + index * 16);
    file.writeBigUInt64LE(BigInt(value), dynamicAt + index * 16 + 8);
  }
  names.copy(file, strings);
  return file;
}
