/** A stretch of time, [start, end), as PostgreSQL's tstzrange keeps it. */
export class InstantRange {
  readonly start: Date;
  readonly end: Date;

  constructor(start: Date, end: Date) {
    if (!(start < end)) throw new RangeError('a stretch of time ends after it starts');
    this.start = start;
    this.end = end;
  }

  /** Of PostgreSQL's text form; ranges without a start or an end are not ours. */
  static parse(text: string): InstantRange {
    const match = /^\["?([^",]+)"?,"?([^",]+)"?\)$/.exec(text);
    if (!match?.[1] || !match[2]) throw new RangeError(`not a half-open stretch of time: ${text}`);
    return new InstantRange(instantFrom(match[1]), instantFrom(match[2]));
  }

  /** Called by node-postgres. */
  toPostgres(): string {
    return `[${this.start.toISOString()},${this.end.toISOString()})`;
  }
}

/** '2027-01-11 09:00:00+00', with minutes of the offset only where there are some. */
const instantFrom = (text: string): Date => new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
