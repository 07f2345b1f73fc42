/** Offers bytes to the browser as a download. */
export function saveFile(name: string, type: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken its own reference long before.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
