/**
 * Prints the population table of packages/core/src/head/head-beliefs.ts, to be copied into it by hand.
 *
 *   node scripts/fit-population.mjs <folder with ANSUR_II_MALE_Public.csv and ANSUR_II_FEMALE_Public.csv>
 *
 * In: the public files of ANSUR II (2012; 4,082 men, 1,986 women; US Government, public domain), which are not committed.
 * Out, for men and women apart, all in natural logarithms:
 * - mean, standard deviation and correlations of head length, head breadth, tragion to top of head, and the face's size
 * - how far the distance between the pupils departs from the face's size
 * - how far circumference departs from its regression on length, breadth and height
 *
 * The face's size is the mean logarithm of four lengths across all of it: pupils, bizygomatic breadth, menton to sellion,
 * bitragion chin arc. A face mesh laid over a photo is as large as all its parts together, so this stands for the
 * mesh's scale. Its zero is the template, whose pupils are 65.2 mm apart.
 *
 * Hair: women were measured over it. Callipers press it flat, a tape does not: women's circumference exceeds what men of
 * the same length, breadth and height have; that excess and its spread are printed too. They are what a tape over
 * hair reads too long.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node scripts/fit-population.mjs <folder of the two CSV files>');
  process.exit(2);
}

const TEMPLATE_PUPILS_MM = 65.2;

function readColumns(file) {
  const [head, ...rows] = readFileSync(join(folder, file), 'latin1').trim().split(/\r?\n/);
  const names = head.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    return (name) => Math.log(Number(cells[names.indexOf(name)]));
  });
}

const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
const covariance = (a, b) => {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((v, k) => (v - ma) * (b[k] - mb)));
};
const sd = (values) => Math.sqrt(covariance(values, values));

/** Least squares of `y` on a constant and `columns`, by elimination of the normal equations. */
function regress(columns, y) {
  const terms = [y.map(() => 1), ...columns];
  const m = terms.map((a) => [...terms, y].map((b) => mean(a.map((v, k) => v * b[k]))));
  m.forEach((row, at) => {
    m.forEach((other, k) => {
      if (k === at) return;
      const f = other[at] / row[at];
      for (let j = at; j < other.length; j++) other[j] -= f * row[j];
    });
  });
  return m.map((row, at) => row[row.length - 1] / row[at]);
}
const applyTo = ([constant, ...slopes], columns, k) =>
  slopes.reduce((sum, slope, at) => sum + slope * columns[at][k], constant);

let menGirth = null;
for (const [sex, file] of [
  ['m', 'ANSUR_II_MALE_Public.csv'],
  ['f', 'ANSUR_II_FEMALE_Public.csv'],
]) {
  const people = readColumns(file);
  const column = (name) => people.map((of) => of(name));
  // The file has it in tenths of a millimetre.
  const pupils = column('interpupillarybreadth').map((v) => v - Math.log(10));
  const facial = [pupils, column('bizygomaticbreadth'), column('mentonsellionlength'), column('bitragionchinarc')];
  const zero = mean(facial.map(mean)) - mean(pupils) + Math.log(TEMPLATE_PUPILS_MM);
  const face = people.map((_, k) => mean(facial.map((values) => values[k])) - zero);
  const cranium = [column('headlength'), column('headbreadth'), column('tragiontopofhead')];
  const size = [...cranium, face];
  const girth = column('headcircumference');
  const own = regress(cranium, girth);
  menGirth ??= own;
  const rest = girth.map((v, k) => v - applyTo(own, cranium, k));
  const overMen = girth.map((v, k) => v - applyTo(menGirth, cranium, k));
  const list = (values, digits) => values.map((v) => v.toFixed(digits)).join(', ');
  console.log(`${sex}: ${people.length} people`);
  console.log(
    `  means: length, breadth, height ${list(cranium.map(mean).map(Math.exp), 1)} mm, face ${Math.exp(mean(face)).toFixed(3)}`,
  );
  console.log(`  sds: ${list(size.map(sd), 4)}`);
  console.log('  correlations:');
  for (const a of size)
    console.log(
      `    ${list(
        size.map((b) => covariance(a, b) / sd(a) / sd(b)),
        2,
      )}`,
    );
  console.log(`  pupils about face: sd ${sd(pupils.map((v, k) => v - face[k])).toFixed(4)}`);
  console.log(`  circumference given the three: sd ${sd(rest).toFixed(4)}`);
  console.log(
    `  circumference over that of men of the same three: ${mean(overMen).toFixed(4)}, sd ${sd(overMen).toFixed(4)}`,
  );
}
