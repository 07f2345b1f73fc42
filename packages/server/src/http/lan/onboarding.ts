/**
 * The page by which a tablet learns to trust this server: plain HTTP, because it does not yet. It hands out the
 * authority's certificate, says how to install it, and leads on to HTTPS. It serves nothing else.
 *
 * Whoever sits between could change this page, so it does not say which certificate is the right one: the tablet shows
 * the fingerprint of what it installed, and the studio's own computer the one that it must have.
 */
import type { RequestListener } from 'node:http';
import { renderSVG } from 'uqr';
import type { ServerCertificate } from './certificate-authority.ts';

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

export interface Onboarding {
  readonly certificate: () => ServerCertificate;
  /** Where Stipple is, by HTTPS. */
  readonly url: string;
}

export function onboardingPages({ certificate, url }: Onboarding): RequestListener {
  return (request, response) => {
    const answer = (type: string, body: string, more: Record<string, string> = {}): void => {
      response.writeHead(200, { ...HEADERS, ...more, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...HEADERS, Allow: 'GET, HEAD' }).end();
      return;
    }
    switch ((request.url ?? '/').split('?')[0]) {
      case '/':
        return answer('text/html; charset=utf-8', pageOf(url));
      case '/onboarding.css':
        return answer('text/css; charset=utf-8', STYLE);
      case '/code.svg':
        return answer('image/svg+xml', renderSVG(url));
      case '/stipple.crt':
        return answer('application/x-x509-ca-cert', certificate().authority, {
          'Content-Disposition': 'attachment; filename="stipple.crt"',
        });
      default:
        response.writeHead(404, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
    }
  };
}

const pageOf = (url: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stipple on this tablet</title>
<link rel="stylesheet" href="/onboarding.css">
</head>
<body>
<main>
<h1>Stipple on this tablet</h1>
<p>Once for each tablet: it has to trust the studio's computer. Its certificate vouches for this network alone.</p>
<ol>
<li><a class="button" href="/stipple.crt" download>Get the certificate</a></li>
<li>Install it.
<ul>
<li><b>iPad, iPhone:</b> Settings, General, VPN &amp; Device Management: install the profile. Then Settings, General, About, Certificate Trust Settings: switch it on.</li>
<li><b>Android:</b> Settings, search for “CA certificate”, install from storage.</li>
<li><b>Windows:</b> open the file, install it for this computer, under “Trusted Root Certification Authorities”.</li>
<li><b>Mac:</b> open the file; in Keychain Access set it to “Always Trust”.</li>
</ul></li>
<li>Open its details on the tablet: the SHA-256 fingerprint there must be the one that the studio’s computer shows. If it is not, remove the certificate.</li>
<li><a class="button" href="${url}/studio/">Open Stipple</a> at <code>${url}</code>
<p><img src="/code.svg" alt="The address of Stipple as a QR code" width="200" height="200"></p></li>
</ol>
</main>
</body>
</html>
`;

const STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; }
main { max-width: 40rem; margin: 0 auto; padding: 1rem; }
li { margin: .75rem 0; }
.button { display: inline-block; padding: .7rem 1.2rem; border: 2px solid; border-radius: .5rem; font-weight: 600; }
img { background: #fff; padding: .5rem; }
`;
