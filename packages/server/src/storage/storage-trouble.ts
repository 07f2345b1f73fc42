/** What storage cannot do, as a sentence for the person who runs Stipple: what is wrong, and what to do. */
export class StorageTrouble extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StorageTrouble';
  }
}
