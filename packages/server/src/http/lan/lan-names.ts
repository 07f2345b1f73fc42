/** What this computer is called in its own network. */
import { type NetworkInterfaceInfo, hostname, networkInterfaces } from 'node:os';

export interface LanNames {
  /** The one to type: 'studio-mac.local'. */
  readonly host: string;
  readonly addresses: readonly string[];
  /** All of them, this computer's own loopback included. */
  readonly all: readonly string[];
}

const PRIVATE = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/;

export function lanNames(
  name: string = hostname(),
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>> = networkInterfaces(),
): LanNames {
  const label =
    name
      .split('.')[0]!
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]/g, '-') || 'stipple';
  const host = `${label}.local`;
  const addresses = Object.values(interfaces)
    .flatMap((of) => of ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && PRIVATE.test(address))
    .map(({ address }) => address);
  return { host, addresses, all: [host, label, 'localhost', '127.0.0.1', ...addresses] };
}
