/** Offers a text as a file, as a browser's download does; the desktop asks where to. */
export function saveText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: where the user is asked for a place first, the text is read only then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
