/**
 * A certificate authority for one studio's own network, so that its tablets have HTTPS: camera, passkeys and work
 * without a connection need it. A tablet trusts it once, by hand.
 *
 * The authority may vouch for this network alone: its name constraints permit private addresses, `.local` names and the
 * computer's own name, so a stolen key opens no bank. Its key lies in a 0600 file of the data folder; the server's
 * certificate lives shorter than browsers demand (397 days) and is made anew when it nears its end or names change.
 */
// What the x509 package is written with.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  Extension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  AuthorityKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const { crypto } = globalThis;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
const SERVER_DAYS = 397;
const RENEWED_BEFORE_DAYS = 60;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const NAME_CONSTRAINTS = '2.5.29.30';

export interface ServerCertificate {
  readonly key: string;
  /** The server's own, then the authority's. */
  readonly cert: string;
  readonly authority: string;
  /** SHA-256 of the authority, to be compared by eye: 'A1:B2:…'. */
  readonly fingerprint: string;
}

interface Pair {
  readonly certificate: X509Certificate;
  readonly keys: Keys;
}

/**
 * @param folder keeps authority and certificate
 * @param names host names and IPv4 addresses of this computer
 */
export async function serverCertificate(
  folder: string,
  names: readonly string[],
  now: Date,
): Promise<ServerCertificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority =
    (await readPair(folder, 'authority', (of) => of.notAfter.getTime() > now.getTime() + SERVER_DAYS * DAY_MS)) ??
    (await keepPair(folder, 'authority', await newAuthority(names, now)));
  const wanted = [...names].sort().join();
  const isGood = (of: X509Certificate) =>
    of.issuer === authority.certificate.subject &&
    of.notAfter.getTime() > now.getTime() + RENEWED_BEFORE_DAYS * DAY_MS &&
    of.notBefore <= now &&
    namesOf(of).sort().join() === wanted;
  const found = await readPair(folder, 'server', isGood);
  const isOurs =
    found && (await found.certificate.verify({ publicKey: authority.keys.publicKey, signatureOnly: true }, crypto));
  const server = isOurs ? found : await keepPair(folder, 'server', await newServer(authority, names, now));
  const own = authority.certificate.toString('pem');
  return {
    key: await pemOf(server.keys.privateKey),
    cert: `${server.certificate.toString('pem')}\n${own}\n`,
    authority: own,
    fingerprint: createHash('sha256')
      .update(Buffer.from(authority.certificate.rawData))
      .digest('hex')
      .toUpperCase()
      .replace(/(..)(?=.)/g, '$1:'),
  };
}

async function newAuthority(names: readonly string[], now: Date): Promise<Pair> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [`Stipple on ${names[0]}`] }],
      keys,
      notBefore: new Date(now.getTime() - DAY_MS),
      notAfter: new Date(now.getTime() + AUTHORITY_DAYS * DAY_MS),
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        new Extension(NAME_CONSTRAINTS, true, permittedNames(names)),
      ],
    },
    crypto,
  );
  return { certificate, keys };
}

async function newServer(authority: Pair, names: readonly string[], now: Date): Promise<Pair> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create(
    {
      subject: [{ CN: [names[0]!] }],
      issuer: authority.certificate.subject,
      notBefore: new Date(now.getTime() - DAY_MS),
      notAfter: new Date(now.getTime() + (SERVER_DAYS - 1) * DAY_MS),
      publicKey: keys.publicKey,
      signingKey: authority.keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([SERVER_AUTH]),
        new SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIPv4(value) ? ('ip' as const) : ('dns' as const), value })),
        ),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        await AuthorityKeyIdentifierExtension.create(authority.keys.publicKey, false, crypto),
      ],
    },
    crypto,
  );
  return { certificate, keys };
}

const newKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
type Keys = Awaited<ReturnType<typeof newKeys>>;

const namesOf = (certificate: X509Certificate): string[] =>
  certificate
    .getExtension(SubjectAlternativeNameExtension)
    ?.names.toJSON()
    .map(({ value }) => value) ?? [];

const pemOf = async (key: Keys['privateKey']): Promise<string> =>
  PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), PemConverter.PrivateKeyTag);

/** Null when it is not there, not readable, or not good. */
async function readPair(folder: string, name: string, isGood: (of: X509Certificate) => boolean): Promise<Pair | null> {
  const path = join(folder, `${name}.pem`);
  if (!existsSync(path)) return null;
  try {
    const text = readFileSync(path, 'utf8');
    const certificate = new X509Certificate(
      PemConverter.decodeFirst(text.slice(text.indexOf('-----BEGIN CERTIFICATE'))),
    );
    if (!isGood(certificate)) return null;
    const privateKey = await crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(text), ALGORITHM, true, [
      'sign',
    ]);
    return {
      certificate,
      keys: { privateKey, publicKey: await certificate.publicKey.export(ALGORITHM, ['verify'], crypto) },
    };
  } catch {
    return null;
  }
}

/** Key and certificate in one file, so that they cannot be of two minds. */
async function keepPair(folder: string, name: string, pair: Pair): Promise<Pair> {
  const path = join(folder, `${name}.pem`);
  const text = `${await pemOf(pair.keys.privateKey)}\n${pair.certificate.toString('pem')}\n`;
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  return pair;
}

/** DER of NameConstraints (RFC 5280, 4.2.1.10): permitted names and private IPv4 networks. */
function permittedNames(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const hosts = names.filter((name) => !isIPv4(name) && !name.endsWith('.local'));
  const networks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '127.0.0.0/8'];
  const bases = [
    ...['local', ...new Set(hosts)].map((host) => der(0x82, Buffer.from(host))),
    ...networks.map((network) => der(0x87, networkBytes(network))),
  ];
  const subtrees = bases.map((base) => der(0x30, base));
  return new Uint8Array(der(0x30, der(0xa0, Buffer.concat(subtrees))));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

function networkBytes(network: string): Buffer {
  const [address, bits] = network.split('/');
  const mask = Buffer.alloc(4);
  mask.writeUInt32BE((0xffffffff << (32 - Number(bits))) >>> 0);
  return Buffer.concat([Buffer.from(address!.split('.').map(Number)), mask]);
}
