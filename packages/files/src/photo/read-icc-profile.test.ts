import { describe, expect, it } from 'vitest';
import { readIccProfile } from './read-icc-profile.ts';
import { iccProfile, joined, MATRIX_TAGS } from './testing/photo-bytes.ts';

describe('readIccProfile', () => {
  it('tells a matrix profile from one of lookup tables', () => {
    expect(readIccProfile(iccProfile('RGB ', MATRIX_TAGS))).toMatchObject({ model: 'rgb', isMatrix: true });
    expect(readIccProfile(iccProfile('RGB ', ['A2B0', 'B2A0']))).toMatchObject({ model: 'rgb', isMatrix: false });
    expect(readIccProfile(iccProfile('RGB ', MATRIX_TAGS.slice(1)))).toMatchObject({ isMatrix: false });
  });

  it('tells the colour model', () => {
    expect(readIccProfile(iccProfile('GRAY', ['kTRC']))?.model).toBe('grey');
    expect(readIccProfile(iccProfile('CMYK', ['A2B0']))?.model).toBe('cmyk');
    expect(readIccProfile(iccProfile('Lab ', []))?.model).toBe('other');
  });

  it('drops what follows the profile and refuses one that is cut', () => {
    const profile = iccProfile('RGB ', MATRIX_TAGS);
    expect(readIccProfile(joined(profile, [1, 2, 3]))?.bytes).toEqual(profile);
    expect(readIccProfile(profile.subarray(0, 999))).toBeNull();
    expect(readIccProfile(new Uint8Array(0))).toBeNull();
    expect(readIccProfile(new Uint8Array(4000))).toBeNull();
  });

  it('believes no tag count', () => {
    const profile = iccProfile('RGB ', ['A2B0']);
    new DataView(profile.buffer).setUint32(128, 0xffffffff);
    expect(readIccProfile(profile)?.isMatrix).toBe(false);
  });
});
