type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

/**
 * True when A and B describe the same values, whatever is read-only: keeps a schema and the type it stands for together.
 * Used as `true satisfies SameShape<z.infer<typeof schema>, Type>`, which stops compiling when one of them moves alone.
 */
export type SameShape<A, B> = [Frozen<A>, Frozen<B>] extends [Frozen<B>, Frozen<A>] ? true : false;
