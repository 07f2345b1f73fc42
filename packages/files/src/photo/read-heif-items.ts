/**
 * Reads the table of contents of a HEIF file (ISO/IEC 23008-12; boxes of ISO/IEC 14496-12 section 8.11): which items
 * there are, which is the picture to show, and what is said about each.
 *
 * Throws RangeError where the table contradicts itself or ends early. Reads no picture data.
 */
import { boxNamed, isoBoxes, NumberReader, type IsoBox } from './iso-boxes.ts';
import { joinBytes } from './photo-header.ts';

export interface HeifItems {
  readonly primary: number;
  /** 'hvc1', 'grid', 'Exif' and others, by item; null when the item is not in the table. */
  readonly typeOf: (item: number) => string | null;
  /** What is said of an item, in the order in which transformations apply. */
  readonly propertiesOf: (item: number) => readonly IsoBox[];
  /** Items that `item` refers to by a reference of this type, such as 'dimg'. */
  readonly referredBy: (item: number, type: string) => readonly number[];
  /** Items that refer to `item`, such as by 'cdsc'. */
  readonly referringTo: (item: number, type: string) => readonly number[];
  /** Bytes of an item, null when they are elsewhere, not there or more than `mostBytes`. */
  readonly bytesOf: (item: number, mostBytes: number) => Uint8Array | null;
}

interface Reference {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

interface Location {
  /** 0 counts from the start of the file, 1 from that of the box `idat`. */
  readonly construction: number;
  readonly extents: readonly (readonly [offset: number, length: number])[];
}

/** A full box begins with a version and 24 flags. */
const FULL = 4;
/** As many as a grid of 255 tiles in depth and colour needs, twice over. */
const MOST_ITEMS = 4096;

export function readHeifItems(bytes: Uint8Array): HeifItems {
  const meta = boxNamed(isoBoxes(bytes), 'meta');
  if (!meta) throw new RangeError('no table of contents');
  const boxes = isoBoxes(meta, FULL);
  const part = (type: string): Uint8Array => {
    const body = boxNamed(boxes, type);
    if (!body) throw new RangeError(`no ${type}`);
    return body;
  };
  const types = readTypes(part('iinf'));
  const references = readReferences(boxNamed(boxes, 'iref'));
  const properties = readProperties(isoBoxes(part('iprp')));
  const locations = readLocations(part('iloc'));
  const data = boxNamed(boxes, 'idat');
  const primary = part('pitm');
  return {
    primary: new NumberReader(primary, FULL).take(primary[0] === 0 ? 2 : 4),
    typeOf: (item) => types.get(item) ?? null,
    propertiesOf: (item) => properties.get(item) ?? [],
    referredBy: (item, type) => references.find((each) => each.type === type && each.from === item)?.to ?? [],
    referringTo: (item, type) =>
      references.filter((each) => each.type === type && each.to.includes(item)).map(({ from }) => from),
    bytesOf: (item, mostBytes) => {
      const location = locations.get(item);
      const holder = location?.construction === 0 ? bytes : location?.construction === 1 ? data : null;
      return holder && gather(holder, location!.extents, mostBytes);
    },
  };
}

function gather(
  holder: Uint8Array,
  extents: readonly (readonly [number, number])[],
  mostBytes: number,
): Uint8Array | null {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for (const [offset, length] of extents) {
    total += length;
    if (total > mostBytes || offset + length > holder.length) return null;
    pieces.push(holder.subarray(offset, offset + length));
  }
  return joinBytes(pieces);
}

/** How many entries follow: no table has more than could stand in its own bytes. */
function countOf(reader: NumberReader, width: number): number {
  const count = reader.take(width);
  if (count > MOST_ITEMS) throw new RangeError('too many items');
  return count;
}

function readTypes(iinf: Uint8Array): Map<number, string> {
  const types = new Map<number, string>();
  for (const { type, body } of isoBoxes(iinf, iinf[0] === 0 ? FULL + 2 : FULL + 4)) {
    const version = body[0];
    if (type !== 'infe' || (version !== 2 && version !== 3)) continue;
    const reader = new NumberReader(body, FULL);
    const item = reader.take(version === 2 ? 2 : 4);
    reader.take(2);
    types.set(item, String.fromCharCode(...body.subarray(reader.at, reader.at + 4)));
    if (types.size > MOST_ITEMS) throw new RangeError('too many items');
  }
  return types;
}

function readReferences(iref: Uint8Array | null): Reference[] {
  if (!iref) return [];
  const width = iref[0] === 0 ? 2 : 4;
  return isoBoxes(iref, FULL).map(({ type, body }) => {
    const reader = new NumberReader(body);
    const from = reader.take(width);
    const count = countOf(reader, 2);
    return { type, from, to: Array.from({ length: count }, () => reader.take(width)) };
  });
}

function readProperties(iprp: readonly IsoBox[]): Map<number, IsoBox[]> {
  const known = isoBoxes(boxNamed(iprp, 'ipco') ?? new Uint8Array(0));
  const properties = new Map<number, IsoBox[]>();
  for (const { type, body } of iprp) {
    if (type !== 'ipma') continue;
    const itemWidth = body[0] === 0 ? 2 : 4;
    const indexWidth = body[3]! & 1 ? 2 : 1;
    const reader = new NumberReader(body, FULL);
    for (let left = countOf(reader, 4); left > 0; left--) {
      const item = reader.take(itemWidth);
      const own = properties.get(item) ?? [];
      for (let more = reader.take(1); more > 0; more--) {
        // The top bit says that a reader must know the property.
        const box = known[(reader.take(indexWidth) & (indexWidth === 2 ? 0x7fff : 0x7f)) - 1];
        if (box) own.push(box);
      }
      properties.set(item, own);
    }
  }
  return properties;
}

function readLocations(iloc: Uint8Array): Map<number, Location> {
  const version = iloc[0]!;
  const sizes = new NumberReader(iloc, FULL).take(2);
  const [offsetWidth, lengthWidth, baseWidth, indexWidth] = [12, 8, 4, 0].map((shift) => (sizes >> shift) & 15) as [
    number,
    number,
    number,
    number,
  ];
  const reader = new NumberReader(iloc, FULL + 2);
  const locations = new Map<number, Location>();
  for (let left = countOf(reader, version < 2 ? 2 : 4); left > 0; left--) {
    const item = reader.take(version < 2 ? 2 : 4);
    const construction = version === 0 ? 0 : reader.take(2) & 15;
    reader.take(2);
    const base = reader.take(baseWidth);
    const extents = Array.from({ length: countOf(reader, 2) }, () => {
      if (version > 0) reader.take(indexWidth);
      return [base + reader.take(offsetWidth), reader.take(lengthWidth)] as const;
    });
    locations.set(item, { construction, extents });
  }
  return locations;
}
