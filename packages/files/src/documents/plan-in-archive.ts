/**
 * The plan.json in an archive: as "Download everything" makes it, or of a folder that somebody packed again.
 *
 * An archive may claim any number of entries of any size, one over the other: it is believed up to what one of ours could
 * have, and one entry alone is ever unpacked. Refuses ('document-invalid') with what is wrong. What stands in the entry is
 * for parsePlan to say.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import { unzipSync } from 'fflate';

/** `parsePlan` takes 4 million characters, of up to 4 bytes each. */
export const MAX_PLAN_BYTES = 16 * 1024 * 1024;
/** Seventeen files for each of twelve photos, and as many again of somebody's own. */
const MOST_ENTRIES = 1000;
const PLAN = 'plan.json';

/** @throws Refusal 'document-invalid' */
export function planInArchive(archive: Uint8Array): Uint8Array {
  const entries: { readonly name: string; readonly originalSize: number }[] = [];
  unpacked(archive, (entry) => {
    if (entries.push(entry) > MOST_ENTRIES) throw refused(`the archive has more than ${MOST_ENTRIES} files`);
    return false;
  });
  const own = entries.filter(({ name }) => name === PLAN);
  const packed = entries.filter(({ name }) => name.endsWith(`/${PLAN}`));
  const [plan, another] = own.length > 0 ? own : packed;
  if (!plan) throw refused(`there is no ${PLAN} in the archive`);
  if (another) throw refused(`there is more than one ${PLAN} in the archive`);
  if (plan.originalSize > MAX_PLAN_BYTES) throw refused(`its ${PLAN} is too long to be a plan`);
  return unpacked(archive, ({ name }) => name === plan.name)[plan.name]!;
}

const refused = (detail: string): Refusal => new Refusal('document-invalid', detail);

function unpacked(
  archive: Uint8Array,
  filter: (entry: { readonly name: string; readonly originalSize: number }) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(archive, { filter });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw refused('the archive is damaged');
  }
}
