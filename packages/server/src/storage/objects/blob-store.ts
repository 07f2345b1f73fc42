/** Where the bytes of objects lie: a folder or a bucket. Names are paths of our own making, never of a person's. */
export interface BlobStore {
  /** On the disk, or in the bucket, when it returns. Overwrites. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is none. */
  read(name: string): Promise<Buffer | null>;
  /** Nothing happens when there is none. */
  remove(name: string): Promise<void>;
  /** Every name, in no order. */
  list(): AsyncIterable<BlobEntry>;
}

export interface BlobEntry {
  readonly name: string;
  readonly bytes: number;
  readonly changedAt: Date;
}
