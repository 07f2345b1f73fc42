import { describe, expect, it } from 'vitest';
import { settingsOfProcess, SettingsError } from './settings-of-process.ts';

const wrong = (args: string[], env: Record<string, string> = {}): string => {
  try {
    settingsOfProcess(args, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'nothing is wrong';
};

describe('the settings of a server', () => {
  it('need nothing: this computer alone, at the first free port, working too', () => {
    expect(settingsOfProcess([], {})).toMatchObject({
      mode: 'desk',
      port: null,
      listen: '127.0.0.1',
      servesRequests: true,
      works: true,
      publicUrl: null,
      trustedProxies: [],
      logLevel: 'warn',
    });
    expect(settingsOfProcess(['--help'], {})).toBe('help');
  });

  it('are hosted where there is a public address, and for tablets where it is said', () => {
    const hosted = settingsOfProcess(['--listen', '0.0.0.0', '--no-worker'], {
      PUBLIC_URL: 'https://Studio.example/',
      TRUSTED_PROXIES: '10.0.0.1, 172.16.0.0/12, loopback',
      SMTP_URL: 'smtps://me:secret@mail.example',
    });
    expect(hosted).toMatchObject({
      mode: 'hosted',
      publicUrl: 'https://studio.example',
      listen: '0.0.0.0',
      works: false,
      trustedProxies: ['10.0.0.1', '172.16.0.0/12', 'loopback'],
      mailFrom: 'stipple@mail.example',
      logLevel: 'info',
    });
    expect(settingsOfProcess(['--lan'], {})).toMatchObject({ mode: 'lan', listen: '127.0.0.1' });
  });

  it('take the port from the command, else from the surroundings', () => {
    expect(settingsOfProcess([], { PORT: '8080' })).toMatchObject({ port: 8080 });
    expect(settingsOfProcess(['--port', '0'], { PORT: '8080' })).toMatchObject({ port: 0 });
    expect(settingsOfProcess([], { PORT: '' })).toMatchObject({ port: null });
    expect(wrong([], { PORT: 'http' })).toBe('PORT http is not a port number (0 to 65535).');
  });

  it('say in a sentence what is wrong, and never repeat an address with its password', () => {
    expect(wrong(['--port', '70000'])).toBe('--port 70000 is not a port number (0 to 65535).');
    expect(wrong(['--prot', '1'])).toContain('--prot');
    expect(wrong([], { PUBLIC_URL: 'studio.example' })).toContain('PUBLIC_URL is not an address such as');
    expect(wrong([], { PUBLIC_URL: 'https://studio.example/app' })).toBe(
      'PUBLIC_URL must be an address without a path.',
    );
    expect(wrong([], { PUBLIC_URL: 'http://studio.example' })).toContain('PUBLIC_URL must begin with https://');
    expect(settingsOfProcess([], { PUBLIC_URL: 'http://127.0.0.1:8080' })).toMatchObject({ mode: 'hosted' });
    expect(wrong([], { SMTP_URL: 'http://me:secret@mail.example' })).toMatch(/^SMTP_URL is not(?!.*secret)/);
    expect(wrong([], { TRUSTED_PROXIES: 'everybody' })).toContain('TRUSTED_PROXIES is not a list');
    expect(wrong([], { METRICS_TOKEN: 'short' })).toContain('METRICS_TOKEN must have at least 16 characters');
    expect(wrong([], { STIPPLE_LOG: 'loud' })).toContain('STIPPLE_LOG must be');
    expect(wrong(['--lan'], { PUBLIC_URL: 'https://studio.example' })).toContain('exclude each other');
    expect(wrong(['--listen', '0.0.0.0'])).toContain('PUBLIC_URL');
    expect(wrong(['--no-worker', '--worker-only'])).toContain('leave nothing to do');
  });
});
