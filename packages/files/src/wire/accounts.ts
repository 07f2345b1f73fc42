/** Signing in, second factors, people and their rights, tokens for programs. */
import * as z from 'zod';
import {
  currency,
  done,
  email,
  EVERYBODY,
  id,
  instant,
  line,
  MANAGERS,
  OWNER,
  ROLES,
  route,
  SCOPES,
  text,
} from './route.ts';

const anyone = { who: 'anyone', scope: null } as const;
const signedIn = { who: EVERYBODY, scope: null } as const;
const managers = { who: MANAGERS, scope: null } as const;

const password = z.string().min(12, 'at least 12 characters').max(200);
const code = z
  .string()
  .regex(/^\d{6}$/)
  .describe('six digits');
/** Studio, id and secret of a link that works once. */
const link = z.string().max(300);

const me = z.object({
  accountId: id,
  studioId: id,
  studioName: z.string(),
  isDemo: z.boolean(),
  role: z.enum(ROLES),
  name: z.string(),
  email: z.string(),
  clientId: id.nullable(),
  practitionerId: id.nullable(),
  totp: z.boolean(),
  passkeys: z.array(z.object({ id, name: z.string(), createdAt: instant })),
});

/** Either signed in, or a second factor is asked for: call the second step with the cookie that came along. */
const signInAnswer = z.object({ signedIn: z.boolean(), secondFactor: z.boolean() });
const webAuthn = z.record(z.string(), z.unknown()).describe('options or an answer of the WebAuthn standard');

export const accounts = {
  /** Whether this installation has an owner yet, and what this connection allows. */
  status: route(anyone)
    .route({ method: 'GET', path: '/status' })
    .output(
      z.object({
        hasOwner: z.boolean(),
        isSecureContext: z.boolean(),
        /** At the computer that keeps the records, alone: where the demo and the recovery sheet are shown. */
        isDesk: z.boolean(),
        demoStudioId: id.nullable(),
      }),
    ),

  createOwner: route(anyone)
    .route({ method: 'POST', path: '/owner', summary: 'Sets up the studio, by the link printed at the first start.' })
    .input(
      z.object({
        link,
        studioName: line(120),
        timeZone: line(60),
        currency,
        name: line(120),
        email,
        password,
      }),
    )
    .output(signInAnswer),

  signIn: route(anyone)
    .route({ method: 'POST', path: '/sign-in' })
    .input(z.object({ email, password: z.string().max(200), studioId: id.optional() }))
    .output(signInAnswer),
  signInCode: route(anyone)
    .route({ method: 'POST', path: '/sign-in/code', summary: 'Second step: a code, or a recovery code.' })
    .input(z.object({ code: z.string().min(6).max(40) }))
    .output(signInAnswer),
  passkeySignInOptions: route(anyone).route({ method: 'POST', path: '/sign-in/passkey-options' }).output(webAuthn),
  passkeySignIn: route(anyone)
    .route({ method: 'POST', path: '/sign-in/passkey' })
    .input(z.object({ answer: webAuthn }))
    .output(signInAnswer),
  openDemo: route(anyone)
    .route({ method: 'POST', path: '/demo/sign-in', summary: 'Looks at the demo studio; at this computer only.' })
    .output(signInAnswer),
  signOut: route(signedIn).route({ method: 'POST', path: '/sign-out' }).output(done),

  me: route(signedIn).route({ method: 'GET', path: '/me' }).output(me),
  changePassword: route(signedIn)
    .route({ method: 'POST', path: '/me/password', summary: 'Signs every other device out.' })
    .input(z.object({ current: z.string().max(200), next: password }))
    .output(done),
  startTotp: route(signedIn)
    .route({ method: 'POST', path: '/me/totp' })
    .input(z.object({ password: z.string().max(200) }))
    .output(z.object({ uri: z.string(), secret: z.string() })),
  confirmTotp: route(signedIn)
    .route({ method: 'POST', path: '/me/totp/confirm' })
    .input(z.object({ code }))
    .output(z.object({ recoveryCodes: z.array(z.string()) })),
  removeTotp: route(signedIn)
    .route({ method: 'POST', path: '/me/totp/remove' })
    .input(z.object({ password: z.string().max(200), code: z.string().max(40) }))
    .output(done),
  passkeyOptions: route(signedIn).route({ method: 'POST', path: '/me/passkey-options' }).output(webAuthn),
  addPasskey: route(signedIn)
    .route({ method: 'POST', path: '/me/passkeys' })
    .input(z.object({ name: line(60), answer: webAuthn }))
    .output(done),
  removePasskey: route(signedIn)
    .route({ method: 'DELETE', path: '/me/passkeys/{id}' })
    .input(z.object({ id }))
    .output(done),
  signIns: route(signedIn)
    .route({ method: 'GET', path: '/me/sign-ins' })
    .output(
      z.object({
        items: z.array(
          z.object({ id, device: z.string(), createdAt: instant, lastSeenAt: instant, isThis: z.boolean() }),
        ),
      }),
    ),
  revokeSignIn: route(signedIn)
    .route({ method: 'DELETE', path: '/me/sign-ins/{id}' })
    .input(z.object({ id }))
    .output(done),

  people: route(managers)
    .route({ method: 'GET', path: '/people', summary: 'Accounts of who works here; or, when named, of one client.' })
    .input(z.object({ clientId: id.optional() }))
    .output(
      z.object({
        items: z.array(
          z.object({
            id,
            name: z.string(),
            email: z.string(),
            role: z.enum(ROLES),
            status: z.enum(['invited', 'active', 'suspended']),
            totp: z.boolean(),
          }),
        ),
      }),
    ),
  invite: route(managers)
    .route({ method: 'POST', path: '/people/invitations', summary: 'Mails a link; shows it where no mail is set up.' })
    .input(
      z.object({
        email,
        name: line(120),
        role: z.enum(ROLES),
        /** The record that a client's account opens. */
        clientId: id.optional(),
        /** The practitioner that the account belongs to. */
        practitionerId: id.optional(),
      }),
    )
    .output(z.object({ accountId: id, link: z.string(), mailed: z.boolean() })),
  acceptInvitation: route(anyone)
    .route({ method: 'POST', path: '/invitations/accept' })
    .input(z.object({ link, password }))
    .output(signInAnswer),
  changePerson: route(managers)
    .route({ method: 'PATCH', path: '/people/{id}', summary: 'The last owner stays one.' })
    .input(
      z.object({
        id,
        role: z.enum(ROLES).optional(),
        name: line(120).optional(),
        status: z.enum(['active', 'suspended']).optional(),
      }),
    )
    .output(done),
  resetLink: route(managers)
    .route({
      method: 'POST',
      path: '/people/{id}/reset-link',
      summary: 'A link to a new password, mailed or, where no mail is set up, to be handed over.',
    })
    .input(z.object({ id }))
    .output(z.object({ link: z.string(), mailed: z.boolean() })),
  askReset: route(anyone)
    .route({ method: 'POST', path: '/password-reset', summary: 'Says the same whether the address is known or not.' })
    .input(z.object({ email }))
    .output(done),
  reset: route(anyone)
    .route({ method: 'POST', path: '/password-reset/confirm' })
    .input(z.object({ link, password }))
    .output(signInAnswer),

  tokens: route({ who: OWNER, scope: null })
    .route({ method: 'GET', path: '/tokens' })
    .output(
      z.object({
        items: z.array(
          z.object({
            id,
            name: z.string(),
            scopes: z.array(z.enum(SCOPES)),
            createdAt: instant,
            expiresAt: instant.nullable(),
            lastUsedAt: instant.nullable(),
          }),
        ),
      }),
    ),
  createToken: route({ who: OWNER, scope: null })
    .route({ method: 'POST', path: '/tokens', summary: 'The token is shown once.' })
    .input(z.object({ name: line(60), scopes: z.array(z.enum(SCOPES)).min(1), expiresAt: instant.nullable() }))
    .output(z.object({ id, token: z.string() })),
  revokeToken: route({ who: OWNER, scope: null })
    .route({ method: 'DELETE', path: '/tokens/{id}' })
    .input(z.object({ id }))
    .output(done),

  recoverySheet: route({ who: OWNER, scope: null })
    .route({
      method: 'POST',
      path: '/recovery-sheet',
      summary: 'The master key to print, at the computer that keeps the records alone; wants the password again.',
    })
    .input(z.object({ password: z.string().max(200) }))
    .output(z.object({ text: z.string() })),

  audit: route({ who: OWNER, scope: null })
    .route({ method: 'GET', path: '/audit' })
    .input(z.object({ before: z.coerce.number().int().positive().optional(), subjectId: id.optional() }))
    .output(
      z.object({
        items: z.array(
          z.object({
            seq: z.int(),
            at: instant,
            actorKind: z.string(),
            actorId: id.nullable(),
            actorName: text(200).nullable(),
            action: z.string(),
            subjectKind: z.string(),
            subjectId: id.nullable(),
            detail: z.record(z.string(), z.unknown()),
          }),
        ),
      }),
    ),
};
