import { describe, expect, it } from 'vitest';
import { hrefOf, routeOf } from './use-route.ts';

describe('addresses of the studio', () => {
  it('are read back as they were written, whatever the parts hold', () => {
    for (const parts of [[], ['clients'], ['first', 'a/b?c#d%'], ['provider', 'ü ', 'x']]) {
      expect(routeOf(hrefOf(...parts))).toEqual(parts);
    }
  });

  it('survive an escape that ends too early', () => {
    expect(routeOf('#/first/ab%2')).toEqual(['first', 'ab%2']);
  });
});
