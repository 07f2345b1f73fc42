/**
 * What the planning page hands to the studio to be kept with a client, and where the studio's half of it is.
 *
 * That half is a bundle of its own, loaded when somebody asks for it: who plans without signing in never loads it, and
 * the planning page speaks to no server by itself.
 */
export interface KeepOrder {
  /** plan.json and summary.json, as they would be downloaded. Photos stay where they are. */
  readonly document: unknown;
  readonly summary: unknown;
  /** The client the planning page was opened for; null when it was opened by itself. */
  readonly clientId: string | null;
}

export interface KeepPlanModule {
  readonly openKeepPlan: (order: KeepOrder) => void;
}

export const loadKeepPlan = (): Promise<KeepPlanModule> => {
  // An address, not a module of this bundle.
  const address = '/studio/keep-plan.js';
  return import(address) as Promise<KeepPlanModule>;
};
