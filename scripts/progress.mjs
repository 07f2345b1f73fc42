/**
 * Progress of set-up on standard error: one line per step that really works, none for steps already done.
 * On a terminal the line counts seconds and takes the step's own reports; elsewhere it is written once, at the end.
 */

/** Something the person can repair; printed as one line, without a stack. */
export class Trouble extends Error {}

/**
 * Runs `work(report)` under a title. `report(text)` tells what it is doing now.
 * @template T
 * @param {string} title
 * @param {(report: (text: string) => void) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = Date.now();
  const live = Boolean(process.stderr.isTTY);
  let detail = '';
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const draw = () => {
    const line = `  … ${title}${detail && `: ${detail}`} ${seconds()}`;
    process.stderr.write(`\r\u001b[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
  };
  if (live) draw();
  else process.stderr.write(`  … ${title}\n`);
  const timer = live ? setInterval(draw, 200) : undefined;
  const finish = (mark) => {
    clearInterval(timer);
    process.stderr.write(`${live ? '\r\u001b[K' : ''}  ${mark} ${title} (${seconds()})\n`);
  };
  try {
    const result = await work((text) => {
      detail = text;
      if (live) draw();
    });
    finish('✓');
    return result;
  } catch (error) {
    finish('✗');
    throw error;
  }
}

/**
 * Runs a script's main function; a {@link Trouble} becomes one line and exit 1, anything else keeps its stack.
 * @param {() => Promise<number | void>} main
 */
export async function runScript(main) {
  try {
    const code = await main();
    if (code) process.exitCode = code;
  } catch (error) {
    console.error(error instanceof Trouble ? `stipple: ${error.message}` : error);
    process.exitCode = 1;
  }
}
