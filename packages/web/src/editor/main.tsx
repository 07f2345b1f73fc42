/**
 * The page: photos and a tape measure in, the honest result and the whole plan out.
 *
 * Everything is computed in this browser by the same core as on the command line; the page speaks to no other host.
 */
import { render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { DrawnOnPhoto, PhotoOrder } from '../workers/plan-messages.ts';
import { assignViews, type Assigned } from './assign-views.ts';
import { changedPhotos, orderOf, type HeadPhoto } from './head-photo.ts';
import { MarkEditor } from './mark-editor.tsx';
import type { PhotosOfOrder } from './keep-with-client.tsx';
import { drawnOf, formOf } from './open-document.ts';
import { openWords } from './open-words.ts';
import { PhotoCards } from './photo-cards.tsx';
import { photosOfPlan } from './photos-of-plan.ts';
import { photoState } from './photo-state.ts';
import { PlanForm } from './plan-form.tsx';
import {
  changedParts,
  EMPTY_FORM,
  filledForExample,
  MEASURE_PARTS,
  requestOf,
  type PlanFormState,
} from './request-of.ts';
import { RecordBar } from './record-bar.tsx';
import { Result } from './result.tsx';
import { SavedPlanBar } from './saved-plan-bar.tsx';
import { REFUSED_SCAN } from './scan-picker.tsx';
import { sortGiven } from './sort-given.ts';
import { isFromStudio, loadStudioLists, NO_LISTS, type FormLists } from './studio-lists.ts';
import { isUnsaved } from './unsaved.ts';
import { useLeaveQuestion } from './use-leave-question.ts';
import { besideWord, scanWord, strangerWord, usePhotos } from './use-photos.ts';
import { usePlan } from './use-plan.ts';
import { useRecord } from './use-record.ts';
import { useSavedPlan, type SavedPlan } from './use-saved-plan.ts';
import { useScan } from './use-scan.ts';
import { HEAD_VIEWS, type ViewName } from './views.ts';

/** Whoever makes the plan at once, or marks the next point, needs no look in between. */
const LOOK_AFTER_MS = 400;

function Studio() {
  const { state, looks, makePlan, lookAt, drawView, files, reset } = usePlan();
  const { photos, words, take, remove, redraw, hush, say, now } = usePhotos();
  const scanning = useScan();
  const record = useRecord();
  const saved = useSavedPlan();
  const [opened, setOpened] = useState<readonly string[]>([]);
  const [form, setForm] = useState(EMPTY_FORM);
  const [marking, setMarking] = useState<ViewName | null>(null);
  const [safe, setSafe] = useState<readonly PhotoOrder[]>([]);
  const stage = useRef<HTMLElement>(null);
  const asked = useRef(new Set<string>());
  const lists = useRef(NO_LISTS);
  const { order, status } = state;
  // No plan goes past a scan that was refused.
  const askedBy = (typed: PlanFormState): ReturnType<typeof requestOf> =>
    scanning.isRefused ? { at: 'scan', fault: REFUSED_SCAN } : requestOf(typed);
  const request = askedBy(form);
  useLeaveQuestion(isUnsaved(photos, safe));

  useEffect(() => {
    // On a narrow screen the result lies below the form: bring it into view when work begins.
    if (status === 'working') stage.current?.scrollIntoView({ block: 'nearest' });
  }, [status]);

  useEffect(() => {
    if (status === 'working') return undefined;
    const client = { sex: form.sex, ageYears: null };
    const timer = setTimeout(() => {
      for (const photo of photos) {
        if (asked.current.has(photo.key)) continue;
        asked.current.add(photo.key);
        lookAt(photo.key, orderOf(photo), client);
      }
    }, LOOK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [photos, status, lookAt]);

  const photoChanges = useMemo(
    () => (order && photos.length > 0 ? changedPhotos(order.photos, photos) : []),
    [order, photos],
  );
  const changes = [
    ...photoChanges,
    ...(order && order.scan !== scanning.scan ? ['head scan'] : []),
    ...(order && order.prices !== (form.prices ?? null) ? ['price list'] : []),
    ...(!order ? [] : 'fault' in request ? ['an entry to look at again'] : changedParts(order.request, request)),
  ];

  // What was said of a measure holds as long as it stands there.
  const isRefusalOfForm = status === 'refused' && !changes.some((part) => MEASURE_PARTS.has(part));

  const accept = async (given: readonly Assigned[], left: readonly File[] = []): Promise<readonly HeadPhoto[]> => {
    const taken = await take(given, left);
    // A finished plan stays until another is asked for; anything less was about the photos that go.
    const isAbout = taken.some(({ view }) => !order || order.photos.some((photo) => photo.view === view));
    if (status !== 'done' && isAbout) reset();
    return taken;
  };
  /** The button pressed will be gone or out of use: the keyboard goes on where the result will be. */
  const focusStage = (): void => {
    if (document.activeElement instanceof HTMLButtonElement) stage.current?.focus({ preventScroll: true });
  };
  const makeOf = (chosen: readonly HeadPhoto[], typed: PlanFormState, kept?: PlanDocument): void => {
    const asking = askedBy(typed);
    if (chosen.length === 0 || 'fault' in asking || scanning.isReading) return;
    focusStage();
    hush();
    if (!kept) saved.hold(null);
    const shown = Object.fromEntries(chosen.map((photo) => [photo.view, photo.shown]));
    const order = { request: asking, photos: chosen.map(orderOf), scan: scanning.scan, prices: typed.prices ?? null };
    makePlan(kept ? { ...order, kept } : order, shown);
  };
  const make = (): void => makeOf(photos, form);
  const showExample = async (): Promise<void> => {
    focusStage();
    const answer = await fetch('/mannequin.jpg');
    const taken = await accept([{ view: 'front', file: new File([await answer.blob()], 'mannequin.jpg') }]);
    setSafe(taken);
    const filled = filledForExample(form);
    setForm(filled);
    if (taken.length > 0) makeOf(taken, filled);
  };
  const withDrawn = (document: PlanDocument, taken: readonly HeadPhoto[]): readonly HeadPhoto[] => {
    let all = taken;
    for (const [view, drawn] of Object.entries(drawnOf(document)))
      if (taken.some((photo) => photo.view === view)) all = redraw(view as ViewName, drawn);
    return all;
  };
  /** A list of pigments that was given by hand stays. */
  const takeLists = async (): Promise<FormLists> => {
    lists.current = await loadStudioLists();
    const { prices, pigments } = lists.current;
    setForm((typed) => ({ ...typed, prices, pigments: typed.pigments ?? pigments }));
    return lists.current;
  };
  /** Photos of the record, and the plan that was kept with it, as it is. */
  const openRecord = async (planId: string | null): Promise<void> => {
    const found = await record.open(planId);
    if (!found) return;
    const { document, standIns, withoutPhoto } = found;
    const usable = found.photos.filter(({ view }) => view in HEAD_VIEWS);
    let taken = await accept(usable.map(({ view, file }) => ({ view: view as ViewName, file })));
    setSafe(taken);
    // Somebody may have signed in just now.
    const known = await takeLists();
    if (!document) {
      setOpened(taken.length === 0 ? ['The record has no photo from before the treatment yet.'] : []);
      return;
    }
    taken = withDrawn(document, taken);
    setSafe(taken);
    const filled = { ...formOf(document), ...known };
    setForm(filled);
    const missing = document.photos
      .map(({ view }) => view)
      .filter((view) => taken.every((photo) => photo.view !== view));
    setOpened(
      openWords(document, {
        withoutPhoto: [...new Set([...withoutPhoto, ...missing])],
        standIns,
        hasPigments: known.pigments !== null,
      }),
    );
    if (missing.length === 0) makeOf(taken, filled, document);
  };
  useEffect(() => {
    if (record.planId) void openRecord(record.planId);
    else if (isFromStudio(location.search)) void takeLists();
  }, []);
  /** Shows a plan from a file as it is once all its photos are there. */
  const showSaved = async (plan: SavedPlan, given: readonly Assigned[]): Promise<void> => {
    const { document } = plan;
    const taken = await accept(given);
    const missing = plan.missing.filter(({ view }) => taken.every((photo) => photo.view !== view));
    saved.hold({ ...plan, missing });
    const all = withDrawn(document, now());
    setSafe(all);
    if (missing.length === 0) makeOf(all, { ...formOf(document), ...lists.current }, document);
  };
  /** It takes the place of all that was there; photos that are its own stay. */
  const openSaved = async (file: File, given: readonly File[]): Promise<void> => {
    const document = await saved.read(file);
    if (!document) return;
    const held = photos.map(({ fileName, bytes }) => new File([bytes as Uint8Array<ArrayBuffer>], fileName));
    for (const { view } of photos) remove(view);
    reset();
    setForm({ ...formOf(document), ...lists.current });
    const { taken, left } = await photosOfPlan(document.photos, [...given, ...held]);
    await showSaved({ fileName: file.name, document, missing: document.photos }, taken);
    const strangers = left.filter((one) => given.includes(one));
    if (strangers.length > 0) say(besideWord(file, strangers));
  };
  const givePhotosOf = async (plan: SavedPlan, given: readonly File[]): Promise<void> => {
    const { taken, left } = await photosOfPlan(plan.missing, given);
    await showSaved(plan, taken);
    for (const file of left) say(strangerWord(file));
  };
  /** What was dropped on the page, or the one file chosen for a view. */
  const give = (files: readonly File[], view: ViewName | null): void => {
    const { plan, scan, photos: given, left: beside } = sortGiven(files);
    if (scan) {
      scanning.read(scan, scanning.unit);
      say(scanWord(scan));
    }
    if (plan) return void openSaved(plan, given);
    if (given.length === 0) return;
    saved.hold(saved.plan);
    if (saved.plan && saved.plan.missing.length > 0) return void givePhotosOf(saved.plan, given);
    const { taken, left } = view ? { taken: given.map((file) => ({ view, file })), left: [] } : assignViews(given);
    void accept(taken, [...left, ...beside]);
  };
  /** The plan shown was downloaded, or kept in a record. */
  const save = (): void => setSafe(order?.photos ?? []);
  /** Of the plan shown, for the record. */
  const photosToKeep = (document: PlanDocument): PhotosOfOrder => ({
    photos: (order?.kept && record.planId ? [] : (order?.photos ?? [])).flatMap(({ view, bytes }) => {
      const sha256 = document.photos.find((photo) => photo.view === view)?.sha256;
      return sha256 ? [{ view, file: new File([bytes as Uint8Array<ArrayBuffer>], view), sha256 }] : [];
    }),
    isPhotoKept: record.isKnown,
    onPhotoKept: record.learn,
    onKept: save,
  });
  const finishMarking = (drawn: DrawnOnPhoto): void => {
    setMarking(null);
    const view = marking;
    const old = photos.find((photo) => photo.view === view);
    if (!view || !old || JSON.stringify(old.drawn) === JSON.stringify(drawn)) return;
    const changed = redraw(view, drawn);
    // A plan that was asked for once follows what is marked.
    if (order) makeOf(changed, form);
  };
  const withoutView = (view: ViewName): void => makeOf(remove(view), form);
  const discard = (view: ViewName): void => {
    if (remove(view).length === 0 || status === 'refused') reset();
  };
  const marked = photos.find(({ view }) => view === marking);
  const isUsable = !('fault' in request) && !scanning.isReading;

  return (
    <div
      class="page"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        give([...(event.dataTransfer?.files ?? [])], null);
      }}
    >
      <header class="top">
        <img src="/icon.svg" alt="" width="38" height="38" />
        <div>
          <h1>Stipple</h1>
          <p>From photos to a plan</p>
        </div>
        <p class="top-note">
          Computed in this browser. The photos go nowhere; they leave only in what you download.{' '}
          <a href="/studio/">Your studio</a>
        </p>
      </header>
      <div class="rule" aria-hidden="true" />
      <main class="layout">
        <div class="side">
          {record.clientId && (
            <RecordBar
              isUnreachable={record.isUnreachable}
              words={opened}
              onPhotos={photos.length === 0 && !record.planId ? () => void openRecord(null) : null}
            />
          )}
          <SavedPlanBar {...saved} onAside={() => saved.hold(null)} />
          <PhotoCards
            photos={photos}
            words={words}
            stateOf={(photo) => photoState(photo, looks[photo.key], state)}
            onFile={(view, file) => give([file], view)}
            onMark={setMarking}
            onRemove={discard}
          />
          <PlanForm
            form={form}
            onChange={setForm}
            fault={'fault' in request ? request : null}
            refusal={isRefusalOfForm ? state.refusal : null}
            scanning={scanning}
            hasDistance={photos.some(({ drawn }) => drawn.distances.length > 0)}
            isReady={photos.length > 0 && !scanning.isReading}
            isWorking={status === 'working'}
            onMake={make}
          />
        </div>
        <section class="stage" ref={stage} tabIndex={-1} aria-label="Result">
          <Result
            state={state}
            files={files}
            onView={drawView}
            photos={photos}
            changes={changes}
            onAgain={isUsable ? make : null}
            onExample={() => void showExample()}
            onMark={setMarking}
            onWithout={withoutView}
            photosToKeep={photosToKeep}
            onSaved={save}
          />
        </section>
      </main>
      {marked && (
        <MarkEditor
          key={marked.view}
          photo={marked}
          isForPoints={photoState(marked, looks[marked.key], state).needsPoints || marked.drawn.anchors.length > 0}
          onDone={finishMarking}
        />
      )}
    </div>
  );
}

const root = document.getElementById('app');
if (root) render(<Studio />, root);
