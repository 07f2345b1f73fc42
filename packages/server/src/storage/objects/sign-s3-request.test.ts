import { describe, expect, it } from 'vitest';
import { signS3Request } from './sign-s3-request.ts';

/** The credentials and the hour of AWS's published examples. */
const credentials = {
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
};
const now = new Date('2013-05-24T00:00:00Z');
const HOST = 'https://examplebucket.s3.amazonaws.com';

const signatureOf = (request: Parameters<typeof signS3Request>[0]): string | undefined =>
  signS3Request(request, credentials, now).authorization?.split('Signature=')[1];

describe('a signature', () => {
  it('is the published one for getting an object', () => {
    const url = new URL('/test.txt', HOST);
    expect(signatureOf({ method: 'GET', url, headers: { range: 'bytes=0-9' } })).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  it('is the published one for putting an object', () => {
    const headers = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' };
    const body = Buffer.from('Welcome to Amazon S3.');
    expect(signatureOf({ method: 'PUT', url: new URL('/test$file.text', HOST), headers, body })).toBe(
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    );
  });

  it('is the published one for listing objects', () => {
    expect(signatureOf({ method: 'GET', url: new URL('/?prefix=J&max-keys=2', HOST) })).toBe(
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    );
  });
});
