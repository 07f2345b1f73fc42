/**
 * Keeps packages/core a pure function of its inputs: same plan, same bits, on every machine and on every day.
 *
 * Engines differ in the last bit of every transcendental of Math and of `**`; clocks, randomness, locale and the
 * surroundings differ always. TypeScript's `lib` already hides DOM and Node; this reads the syntax tree for what
 * the language itself offers. Tests, benches, fixtures and drivers are free.
 *
 *   node scripts/check-purity.mjs [folder]
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { ROOT } from './paths.mjs';

/** Exact by the standard, so equal on every engine. */
const EXACT_MATH = new Set([
  'abs',
  'ceil',
  'clz32',
  'floor',
  'fround',
  'imul',
  'max',
  'min',
  'round',
  'sign',
  'sqrt',
  'trunc',
]);

/** Global names with what to do instead. */
const IMPURE = new Map(
  Object.entries({
    Date: 'take the day or instant as a parameter',
    performance: 'measure in the shell or in a bench',
    crypto: 'take a seed; draw from core/random',
    Intl: 'format in the shell',
    Temporal: 'take the day or instant as a parameter',
    console: 'return what should be said',
    process: 'take it as a parameter',
    globalThis: 'take it as a parameter',
    setTimeout: 'effects belong to the shells',
    setInterval: 'effects belong to the shells',
    queueMicrotask: 'effects belong to the shells',
    fetch: 'effects belong to the shells',
    eval: 'write the code',
    Function: 'write the code',
    WeakRef: 'it makes results depend on garbage collection',
    FinalizationRegistry: 'it makes results depend on garbage collection',
  }),
);

const LOCALE_METHOD = /^(toLocale\w*|localeCompare)$/;
const NOT_PRODUCT = /[.](test|bench)[.]tsx?$|[/\\](testing|fixtures)[/\\]/;

/** A name that is only a label: a property, a member, a type, an import's own name. @param {import('typescript').Identifier} node */
function isLabel(node) {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isQualifiedName(parent) && parent.right === node) ||
    ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) &&
      parent.name === node) ||
    ((ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent)) && parent.name === node) ||
    ts.isLiteralTypeNode(parent)
  );
}

/**
 * Impurities of one file's text.
 * @param {string} name
 * @param {string} text
 * @returns {{ line: number, message: string }[]}
 */
export function impuritiesOf(name, text) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  /** @type {{ line: number, message: string }[]} */
  const found = [];
  const add = (node, message) =>
    found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, message });
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      if (operator === ts.SyntaxKind.AsteriskAsteriskToken || operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken) {
        add(node, '** differs between engines: multiply, or use pow of num/elementary.ts');
      }
    }
    if (ts.isIdentifier(node) && !isLabel(node)) {
      if (node.text === 'Math') {
        const { parent } = node;
        const member = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : null;
        if (member === 'random') add(node, 'Math.random: take a seed; draw from core/random');
        else if (member === null) add(node, 'Math is used only as Math.name, so that this check can read it');
        else if (!EXACT_MATH.has(member)) add(node, `Math.${member} differs between engines: use num/elementary.ts`);
      }
      const instead = IMPURE.get(node.text);
      if (instead) add(node, `${node.text}: ${instead}`);
    }
    const member = ts.isPropertyAccessExpression(node)
      ? node.name.text
      : ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)
        ? node.argumentExpression.text
        : null;
    if (member && LOCALE_METHOD.test(member))
      add(node, `${member} depends on the machine's locale: format in the shell, compare code units`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * Impurities of every product file under a folder, as printable lines.
 * @param {string} folder
 * @returns {{ files: number, lines: string[] }}
 */
export function checkPurity(folder) {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /[.]tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !NOT_PRODUCT.test(path));
  const lines = files.flatMap((path) =>
    impuritiesOf(path, readFileSync(path, 'utf8')).map(
      ({ line, message }) => `${relative(ROOT, path)}:${line}: ${message}`,
    ),
  );
  return { files: files.length, lines };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { files, lines } = checkPurity(process.argv[2] ?? join(ROOT, 'packages/core/src'));
  for (const line of lines) console.error(line);
  if (files === 0) console.error('no file was found to check');
  else console.log(`${files} files, ${lines.length} impurities`);
  process.exitCode = files === 0 || lines.length ? 1 : 0;
}
