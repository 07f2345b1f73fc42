/**
 * Every reason for which Stipple refuses an input, in one table: the command line, the server and the screens
 * all speak from here, so a code means the same everywhere and never changes its meaning.
 *
 * `reason` says what is wrong, `remedy` what the person can do. Neither names a file of theirs: the shell adds that.
 */
export const REFUSALS = {
  'photo-too-large': [
    'The photo has more pixels or bytes than Stipple opens.',
    'Save it at up to 60 megapixels and 40 MB.',
  ],
  'photo-unreadable': [
    'The file is damaged or ends too early to be read as a photo.',
    'Export it again from the camera or phone.',
  ],
  'photo-type': ['The file is not a JPEG, PNG, WebP or HEIC photo.', 'Export the photo as JPEG.'],
  'photo-empty': ['The file is empty.', 'Choose the photo itself.'],
  'photo-too-small': [
    'The photo has too few pixels to place dots on.',
    'Use a photo at least 320 pixels on each side.',
  ],
  'photo-turned': ['The photo is upside down.', 'Turn it upright and give it again.'],
  'no-face': [
    'No face was found in the photo.',
    'Take it from the front, head bowed a little, face and scalp both in view.',
  ],
  'several-faces': ['More than one face is in the photo.', 'Crop it to the client alone.'],
  'face-too-small': [
    'The face is too small in the photo to measure.',
    'Come closer: the face should be at least 90 pixels wide.',
  ],
  'face-unsure': [
    'The face cannot be placed with confidence.',
    'Use an evenly lit photo from the front, the head turned by less than 60 degrees and bowed by less than 40, face uncovered.',
  ],
  'head-covered': [
    'Something hides the outline of the head, such as a hat or long hair.',
    'Take it off or tie it back, and take the photo again.',
  ],
  'head-cropped': ['Too little of the scalp is in the photo.', 'Take the photo again with the whole head in view.'],
  'head-mismatch': [
    'The head model does not follow the outline in this photo closely enough.',
    'Take a sharper photo against a plain background, the whole head in view.',
  ],
  'view-unplaced': [
    'The head cannot be placed in this photo.',
    'Mark four or more points of the head that lie well apart, or check those that are marked: see --anchors.',
  ],
  'anchors-unreadable': [
    'The marked points of the head cannot be read.',
    'Write JSON as in { "anchors": { "left-tragus": [812, 640] } }, in pixels of the upright photo.',
  ],
  'marks-unreadable': [
    'What was marked on the photo cannot be read.',
    'Write JSON as in { "marks": [{ "kind": "mole", "at": [812, 640], "diameterMm": 4 }] }, in pixels of the upright photo.',
  ],
  'pigments-unreadable': [
    'The list of pigments cannot be read.',
    'Give a CSV file with name, maker, hex (or L, a, b) and dilutions, or JSON as in { "pigments": [{ "id": "black", "name": "Black", "lab": [14, 0, -1] }] }.',
  ],
  'card-unreadable': [
    'The values of the colour card cannot be read.',
    'Give the file that "stipple card --photo both.jpg" wrote, or JSON as in { "card": "stipple-1", "labs": [[94, 0, 0], ...] } with 24 patches.',
  ],
  'card-not-found': [
    'The two colour cards cannot both be read in this photo.',
    'Lay the printed card beside a ColorChecker in even daylight without glare, both wholly in view, and take the photo from above.',
  ],
  'hair-long': [
    'The treated area is covered by hair, which Stipple never erases.',
    'Clip the hair short, or choose the treatment that fits between hair.',
  ],
  'measure-absurd': ['A measurement is outside what human heads are.', 'Measure again in millimetres.'],
  'mark-unusable': [
    'What was marked cannot be worked with on this head.',
    'Mark it again, on a photo that shows the place well.',
  ],
  'photo-twice': ['The same photo was given twice.', 'Give each view a photo of its own.'],
  'nothing-to-treat': [
    'Nothing is left to treat: what is to be kept clear covers all of it.',
    'Check the marks, or choose another treatment.',
  ],
  'measures-contradict': [
    'The measurements cannot belong to one head.',
    'Measure again; check the two that are named.',
  ],
  'mask-mismatch': [
    'The hair mask is not a PNG as large as the photo.',
    'Export the mask as PNG, with the same width and height as the upright photo.',
  ],
  'scan-type': [
    'The file is not a head scan that Stipple reads.',
    'Export the scan as GLB, OBJ, PLY or STL, in one file.',
  ],
  'scan-unreadable': [
    'The scan is damaged, ends too early or has no surface in it.',
    'Export it again as GLB, OBJ, PLY or STL.',
  ],
  'scan-too-large': [
    'The scan has more bytes or triangles than Stipple opens.',
    'Reduce it to at most 2 million triangles and 100 MB, 70 MB of text.',
  ],
  'scan-unit': [
    'The size of the head in the scan is not known, or not human in the unit given.',
    'Say which unit the scan is in (mm, cm, dm, m or in); when it is in none, measure the circumference, which gives its size.',
  ],
  'scan-unplaced': [
    'No head was found in the scan with certainty.',
    'Scan head and face bare from all sides, or give the landmarks of the ears and the brow.',
  ],
  'scan-landmarks': [
    'The landmarks do not fit the scan.',
    'Pick both tragions and the glabella again, in the coordinates and unit of the scan.',
  ],
  'scan-incomplete': ['Too much of the scalp is missing in the scan.', 'Scan the head again from all sides and above.'],
  'document-invalid': ['The plan document cannot be read.', 'Use a plan.json as Stipple wrote it.'],
  'document-newer': ['The plan was made by a newer Stipple.', 'Update Stipple and open it again.'],
  'photo-differs': [
    'The photo is not the one this plan was made from.',
    'Give the original photo; its fingerprint must match.',
  ],
  'photo-missing': ['The photo of this plan was not found.', 'Name the folder that holds it.'],
  'file-not-readable': ['A file named in the command cannot be opened.', 'Check its name, and that it may be read.'],
  'result-differs': [
    'Files of the plan are not what the plan gives.',
    'Recompute it with plan --from, or restore the files.',
  ],
  'out-not-writable': ['The output folder cannot be written.', 'Choose another folder or free some space.'],
  interrupted: ['The work was interrupted.', 'Run it again; nothing was left half-written.'],
  'date-impossible': [
    'The date does not exist in the calendar.',
    'Write it as YYYY-MM-DD, a day between 1900 and 2199.',
  ],
  'gap-too-short': [
    'Two sessions are closer than 7 days.',
    'Leave at least 7 days between sessions, longer while the skin is not healed.',
  ],
  'gap-too-long': ['Two sessions are more than a year apart.', 'Plan the later one as a touch-up of its own.'],
  'sessions-count': [
    'The course does not have a number of sessions that can be planned.',
    'Plan 3 or 4 sessions, or 2 with the reason written down, and one gap between each two.',
  ],
  'not-signed-in': ['You are not signed in, or no longer.', 'Sign in and do it again; what you typed is kept.'],
  'not-allowed': ['Your role does not allow this.', 'Ask the owner or a manager of the studio.'],
  'not-found': ['There is no such record, or it is not yours to see.', 'Go back to the list and open it from there.'],
  'changed-meanwhile': [
    'Somebody else changed this while you had it open.',
    'Look at the new state and make your change again.',
  ],
  'storage-unavailable': [
    'The records cannot be reached just now.',
    'Wait a minute and send it again; what you typed is kept.',
  ],
  'input-wrong': ['Something was filled in that cannot be used.', 'Correct what is named and send it again.'],
  'too-many-tries': ['Too many tries in a short time.', 'Wait a few minutes.'],
  'key-used-otherwise': ['This Idempotency-Key was used for another request.', 'Use a new key for a new request.'],
  'sign-in-wrong': ['Address or password is not right.', 'Try again, or have a link to a new password sent.'],
  'code-wrong': ['The code is not right, or was used already.', 'Wait for the next code, or use a recovery code.'],
  'link-spent': ['The link was used, is too old or is incomplete.', 'Ask for a new one.'],
  'password-weak': ['The password is known from leaked lists or too easy to guess.', 'Use several words of your own.'],
  'last-owner': ['A studio needs an owner who can sign in.', 'Make somebody else an owner first.'],
  'address-known': ['An account with this address exists.', 'Let the person sign in, or reset the password.'],
  'too-soon': [
    'Two sessions of one client would be closer than 7 days.',
    'Choose a day at least 7 days after the one before and before the next.',
  ],
  'practitioner-busy': ['The practitioner is not free then.', 'Choose another hour or practitioner.'],
  'room-busy': ['The room is not free then.', 'Choose another hour or room.'],
  'client-busy': ['The client has another appointment then.', 'Choose another hour.'],
  'client-away': [
    'The client keeps that day free, or would not be healed by then.',
    'Choose another day, or change what the client keeps free.',
  ],
  'certificate-expired': [
    'The practitioner has no valid certificate for this work on that day.',
    'Add the renewed certificate, or choose another practitioner.',
  ],
  'outside-hours': ['The location or the practitioner does not work then.', 'Choose an hour within opening hours.'],
  'gap-not-preferred': [
    'The day lies outside the gaps that the studio prefers.',
    'Choose another day, or override with your name and a reason.',
  ],
  'screening-stops': [
    'The screening does not allow a session on that day.',
    'See what it says: wait, bring a note, or do not treat.',
  ],
  'not-in-this-state': ['This cannot be done any more, or not yet.', 'See where the appointment or course stands.'],
  'no-dates': ['No dates fit all of this.', 'Give up one of the conditions that are named.'],
  'consent-missing': ['The client has not agreed to this.', 'Ask for the consent first and record it.'],
  'quote-over': ['The quote is no longer valid.', 'Make a new quote.'],
  'file-unusable': ['The file cannot be used here.', 'Choose a file of the kind that is asked for.'],
  'too-little-memory': [
    'The system ended the computation, most likely for want of memory.',
    'Close other programs, or give fewer or smaller photos.',
  ],
  'too-slow': ['Reading the photo took longer than allowed.', 'Save the photo again as a plain JPEG.'],
} as const satisfies Record<string, readonly [reason: string, remedy: string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** Thrown when an input cannot be used. `detail` names the thing ('circumference 5750 mm') and is shown first. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly reason: string;
  readonly remedy: string;
  readonly detail: string | null;

  constructor(code: RefusalCode, detail: string | null = null) {
    const [reason, remedy] = REFUSALS[code];
    super(`${detail ? `${detail}: ` : ''}${reason} ${remedy}`);
    this.name = 'Refusal';
    this.code = code;
    this.reason = reason;
    this.remedy = remedy;
    this.detail = detail;
  }
}
