/**
 * WebKitGTK, the nearest to an iPad's Safari that runs here, driven over the plain calls of the WebDriver protocol.
 *
 * Debian's webkit2gtk-driver and xvfb, installed when they are missing and we may (root on Debian). A page finds its
 * elements by label and text as a person does; clicks and typing are the browser's own.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';

const DRIVER = '/usr/bin/WebKitWebDriver';
const XVFB = '/usr/bin/Xvfb';
const COMMAND = 'apt-get update && apt-get install -y --no-install-recommends webkit2gtk-driver xvfb';
/** The key under which WebDriver hands elements about. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const PATIENCE_MS = 20_000;
const PAUSE_MS = 60;

function ensureWebkit(): void {
  const isThere = (): boolean => existsSync(DRIVER) && existsSync(XVFB);
  if (isThere()) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`this test needs WebKitGTK; install it: sudo sh -c '${COMMAND}'`);
  spawnSync('sh', ['-c', COMMAND], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  if (!isThere()) throw new Error(`WebKitGTK could not be installed; run: ${COMMAND}`);
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`waited too long for ${what}`);
    await pause(PAUSE_MS);
  }
}

const miniBrowser = (): string =>
  spawnSync('sh', ['-c', 'ls /usr/lib/*/webkit2gtk-4.*/MiniBrowser | tail -1'], { encoding: 'utf8' }).stdout.trim();

/** In the page: what a person means by a button, a link, a field. `kind` is 'press', 'field' or 'text'. */
const FIND = `
  const [kind, name, nth] = arguments;
  const shown = (e) => e.getClientRects().length > 0;
  const scope = document.querySelector('dialog[open]') ?? document;
  const text = (e) => (e.innerText ?? '').replace(/\\s+/g, ' ').trim();
  if (kind === 'field') {
    const label = [...scope.querySelectorAll('label')].filter(shown).find((l) => text(l).replace(/ optional$/, '') === name);
    return label ? (label.control ?? null) : null;
  }
  const all = kind === 'press' ? 'button, a, summary, label' : 'h1, h2, h3, p, strong, span, small, caption';
  return [...scope.querySelectorAll(all)].filter((e) => shown(e) && text(e) === name && !e.disabled)[nth] ?? null;
`;

export class WebkitPage {
  private readonly session: string;
  private readonly processes: readonly ChildProcess[];

  private constructor(session: string, processes: readonly ChildProcess[]) {
    this.session = session;
    this.processes = processes;
  }

  static async open(port: number, display: string): Promise<WebkitPage> {
    ensureWebkit();
    const screen = spawn(XVFB, [display, '-screen', '0', '1024x1366x24'], { stdio: 'ignore' });
    const env = {
      ...process.env,
      DISPLAY: display,
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
    };
    const driver = spawn(DRIVER, [`--port=${port}`], { env, stdio: 'ignore' });
    const base = `http://127.0.0.1:${port}`;
    const capabilities = {
      alwaysMatch: { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } },
    };
    const { sessionId } = await until('WebKitWebDriver', async () => {
      try {
        return await call<{ sessionId: string }>('POST', `${base}/session`, { capabilities });
      } catch (error) {
        if (error instanceof TypeError) return null;
        throw error;
      }
    });
    return new WebkitPage(`${base}/session/${sessionId}`, [driver, screen]);
  }

  goTo(url: string): Promise<unknown> {
    return call('POST', `${this.session}/url`, { url });
  }

  run<T>(script: string, ...args: readonly unknown[]): Promise<T> {
    return call('POST', `${this.session}/execute/sync`, { script, args });
  }

  /** The body of an async function; resolves to what it returns. */
  runAsync<T>(script: string, ...args: readonly unknown[]): Promise<T> {
    const wrapped = `const done = arguments[arguments.length - 1]; (async (...args) => {${script}})(...arguments).then(done, (e) => done({ failed: String(e) }));`;
    return call('POST', `${this.session}/execute/async`, { script: wrapped, args });
  }

  private find(kind: 'press' | 'field' | 'text', name: string, nth = 0): Promise<string> {
    return until(`${kind} '${name}'`, async () => {
      const found = await this.run<Record<string, string> | null>(FIND, kind, name, nth);
      return found?.[ELEMENT] ?? null;
    });
  }

  async press(name: string, nth = 0): Promise<void> {
    const id = await this.find('press', name, nth);
    await call('POST', `${this.session}/element/${id}/click`, {});
  }

  async fill(label: string, value: string): Promise<void> {
    const id = await this.find('field', label);
    await call('POST', `${this.session}/element/${id}/clear`, {});
    await call('POST', `${this.session}/element/${id}/value`, { text: value });
  }

  sees(text: string): Promise<string> {
    return this.find('text', text);
  }

  /** Until the page's own claim holds. */
  holds(claim: string): Promise<true> {
    return until(claim, async () => ((await this.run<boolean>(`return Boolean(${claim})`)) ? true : null));
  }

  async close(): Promise<void> {
    await call('DELETE', this.session).catch(() => undefined);
    for (const child of this.processes) child.kill();
  }
}

async function call<T>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${method} ${url}: ${value.error}: ${value.message}`);
  return value;
}
