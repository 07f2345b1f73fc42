/** What was dropped or chosen, told apart by the names of the files. */
export interface Given {
  /** A plan.json, or the archive of a whole plan. */
  readonly plan: File | null;
  readonly scan: File | null;
  /** Everything else: what is no photo is refused as one, by its bytes. */
  readonly photos: readonly File[];
  readonly left: readonly File[];
}

const PLAN = /[.](json|zip)$/i;
const SCAN = /[.](glb|gltf|obj|ply|stl)$/i;

/** Of several plans the one called so; of several scans the first. */
export function sortGiven(files: readonly File[]): Given {
  const plans = files.filter(({ name }) => PLAN.test(name));
  const plan = plans.find(({ name }) => /plan/i.test(name)) ?? plans[0] ?? null;
  // Beside a plan, head.glb is one of the files that it came with.
  const scans = files.filter(({ name }) => SCAN.test(name) && !(plan && name === 'head.glb'));
  const scan = scans[0] ?? null;
  const photos = files.filter(({ name }) => !PLAN.test(name) && !SCAN.test(name));
  const left = files.filter((file) => file !== plan && file !== scan && !photos.includes(file));
  return { plan, scan, photos, left };
}
