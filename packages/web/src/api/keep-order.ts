/**
 * What the planning page and the studio hand each other: a plan to be kept with a client, a kept plan to be opened with
 * its photos, the lists that the studio works by; and where the studio's half of it is.
 *
 * That half is a bundle of its own, loaded when the page was opened out of the studio or somebody asks for it: who plans
 * without signing in never loads it, and the planning page speaks to no server by itself.
 */
import type { StudioPigment } from '@stipple/core/pigment/studio-pigment.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PriceList } from '@stipple/core/quote/price-list.ts';

export interface KeepOrder {
  /** plan.json and summary.json, as they would be downloaded. */
  readonly document: unknown;
  readonly summary: unknown;
  /** The client the planning page was opened for; null when it was opened by itself. */
  readonly clientId: string | null;
  /** The plan that was opened: the next version is of it, unless said otherwise. */
  readonly planId: string | null;
  /** Photos of the plan. They stay where they are unless somebody says otherwise. */
  readonly photos: readonly PhotoToKeep[];
  /** Whether a photo came from this client's record or went into it: then it need not be kept again. */
  readonly isPhotoKept: (clientId: string, sha256: string) => boolean;
  readonly onPhotoKept: (clientId: string, sha256: string) => void;
  /** The plan is in the record. */
  readonly onKept: () => void;
}

export interface PhotoToKeep {
  /** As the planning page calls it. */
  readonly view: string;
  readonly file: File;
  readonly sha256: string;
}

export interface OpenOrder {
  readonly clientId: string;
  /** Null: only the client's photos, for a new plan. */
  readonly planId: string | null;
}

/** What the record has for the planning page. */
export interface OpenedRecord {
  /** As it was kept; null when only photos were asked for. */
  readonly document: PlanDocument | null;
  readonly photos: readonly PhotoToKeep[];
  /** Views of the plan whose photo is of the same view and size, and not proven to be the same. */
  readonly standIns: readonly string[];
  /** Views of the plan of which the record has no photo. */
  readonly withoutPhoto: readonly string[];
}

/** What a studio works by. */
export interface StudioLists {
  /** Its name. */
  readonly studio: string;
  /** Null: it has no packages of its own yet. */
  readonly prices: PriceList | null;
  /** To choose from; may be empty. */
  readonly pigments: readonly StudioPigment[];
}

export interface KeepPlanModule {
  readonly openKeepPlan: (order: KeepOrder) => void;
  /** Asks for a sign-in when nobody is signed in; resolves to null when that was put aside. */
  readonly openRecord: (order: OpenOrder) => Promise<OpenedRecord | null>;
  /** Of whoever is signed in; null where that is nobody of a studio. */
  readonly studioLists: () => Promise<StudioLists | null>;
}

export const loadKeepPlan = (): Promise<KeepPlanModule> => {
  // An address, not a module of this bundle.
  const address = '/studio/keep-plan.js';
  return import(address) as Promise<KeepPlanModule>;
};
