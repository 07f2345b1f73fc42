/** Whether this engine has the rules of a zone of that name; some take offsets written as names too, which are no place. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
