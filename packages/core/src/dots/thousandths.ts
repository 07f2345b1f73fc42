/** Added and taken away again, it leaves a number of millimetres in whole 1024ths: its last bit is one. */
const TO_1024THS = 6_597_069_766_656;

/** What places of the second way are rounded to, so that smaller changes of an edit die out. */
export const rounded = (mm: number): number => mm + TO_1024THS - TO_1024THS;
