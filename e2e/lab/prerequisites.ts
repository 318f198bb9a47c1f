export async function ensurePrerequisites(): Promise<void> {
  await Promise.resolve();
}
