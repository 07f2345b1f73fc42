import { MM_PER_UNIT, type LengthUnit } from '@stipple/core/scan/scan-mesh.ts';
import { useRef } from 'preact/hooks';
import { FileInput } from './file-input.tsx';
import { Fold } from './fold.tsx';
import { oneDecimal, whole } from './number-text.ts';
import type { useScan } from './use-scan.ts';

export const REFUSED_SCAN = 'Give another file, or remove this one to plan without a scan.';

const UNITS: Readonly<Record<LengthUnit, string>> = {
  mm: 'millimetres',
  cm: 'centimetres',
  in: 'inches',
  dm: 'decimetres',
  m: 'metres',
};

export const SCAN_LABEL = 'A 3-D scan of the head';

/** A 3-D scan of the head: it takes the place of the stretched template. */
export function ScanPicker({
  file,
  unit,
  landmarks,
  isReading,
  isRefused,
  scan,
  refusal,
  failure,
  read,
  setUnit,
  setLandmarks,
  clear,
}: ReturnType<typeof useScan>) {
  const input = useRef<HTMLInputElement>(null);
  const points = useRef<HTMLInputElement>(null);
  return (
    <Fold class="scan" summary={SCAN_LABEL} isNeeded={file !== null}>
      <div class="fields">
        <p class="hint">
          From a phone or a scanner, head bare, as .glb, .gltf, .obj, .ply or .stl. It says more than any tape.
        </p>
        <div class="row">
          <button type="button" class="button" onClick={() => input.current?.click()}>
            {file ? 'Another scan' : 'Choose a scan'}
          </button>
          {file && (
            <button type="button" class="link" aria-label="Remove, the scan" onClick={clear}>
              Remove
            </button>
          )}
        </div>
        <FileInput
          input={input}
          id="scan-input"
          label="Scan file"
          accept=".glb,.gltf,.obj,.ply,.stl"
          onChosen={(chosen) => void read(chosen, unit)}
        />
        <div aria-live="polite">
          {isReading && (
            <p class="working">
              <span class="spinner" aria-hidden="true" /> reading {file?.name} …
            </p>
          )}
          {scan && (
            <p class="scan-read">
              <strong>{file?.name}</strong>: {scanInWords(scan)}
            </p>
          )}
          {refusal && (
            <p class="fault" data-code={refusal.code}>
              {file?.name}:{' '}
              {[refusal.detail && `${refusal.detail}.`, refusal.reason, refusal.remedy].filter(Boolean).join(' ')}
            </p>
          )}
          {failure && <p class="fault">{failure}</p>}
          {isRefused && <p class="hint">{REFUSED_SCAN}</p>}
        </div>
        {scan?.report.cover.isCovered && (
          <p class="warning">
            It shows hair or a cap over the skin: areas come out too large. Scan the head bare or clipped short.
          </p>
        )}
        {file && (
          <div class="row">
            <span>
              {landmarks
                ? `Ears and glabella by ${landmarks.name}.`
                : isRefused
                  ? 'If ears and glabella are what is not found:'
                  : 'Ears and glabella are found on it.'}{' '}
              {landmarks ? (
                <button
                  type="button"
                  class="link"
                  aria-label="Remove, the landmarks"
                  onClick={() => setLandmarks(null)}
                >
                  Find them
                </button>
              ) : (
                <button type="button" class="link" disabled={isReading} onClick={() => points.current?.click()}>
                  Give them as JSON
                </button>
              )}
            </span>
            <FileInput
              input={points}
              id="scan-landmarks-input"
              label="Landmarks of the scan"
              accept=".json"
              onChosen={setLandmarks}
            />
          </div>
        )}
        {file && (
          <label class="field">
            <span>Unit of the scan</span>
            <select
              value={unit ?? ''}
              disabled={isReading}
              onChange={(event) => setUnit((event.currentTarget.value || null) as LengthUnit | null)}
            >
              <option value="">find it out</option>
              {(Object.keys(MM_PER_UNIT) as LengthUnit[]).map((key) => (
                <option key={key} value={key}>
                  {UNITS[key]}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
    </Fold>
  );
}

const UNIT_FROM = { given: 'as you said', format: 'as its format says', size: 'by its size' } as const;

function scanInWords({ relativeSd, report }: NonNullable<ReturnType<typeof useScan>['scan']>): string {
  const { unit, filledShare } = report;
  const filled =
    filledShare > 0.005 ? ` ${whole.format(100 * filledShare)} % of the scalp was missing and is filled in;` : '';
  if (unit.unit === null || unit.source === 'tape') {
    return `in no unit: a tape has to give its size, measure the circumference;${filled} lengths are as sure as the tape.`;
  }
  return `in ${UNITS[unit.unit]}, ${UNIT_FROM[unit.source]};${filled} lengths within ± ${oneDecimal.format(196 * relativeSd)} %.`;
}
