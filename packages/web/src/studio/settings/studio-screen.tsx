import { useSession } from '../parts/session.ts';
import { hrefOf, type Route } from '../parts/use-route.ts';
import { AuditPanel } from './audit-panel.tsx';
import { ImportPanel } from './import-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { PigmentsPanel } from './pigments-panel.tsx';
import { PlacesPanel } from './places-panel.tsx';
import { PractitionersPanel } from './practitioners-panel.tsx';
import { PricesPanel } from './prices-panel.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { TokensPanel } from './tokens-panel.tsx';

const PARTS = [
  { part: 'places', label: 'Places', isOwners: false },
  { part: 'practitioners', label: 'Practitioners', isOwners: false },
  { part: 'prices', label: 'Prices', isOwners: false },
  { part: 'pigments', label: 'Pigments', isOwners: false },
  { part: 'rules', label: 'Rules', isOwners: false },
  { part: 'people', label: 'People', isOwners: false },
  { part: 'import', label: 'Import', isOwners: false },
  { part: 'tokens', label: 'Programs', isOwners: true },
  { part: 'audit', label: 'Audit', isOwners: true },
] as const;

interface StudioScreenProps {
  readonly part: string | undefined;
  readonly rest: Route;
}

/** The studio itself: where it works, who does, what it costs, and who may what. */
export function StudioScreen({ part = 'places', rest }: StudioScreenProps) {
  const { me } = useSession();
  const shown = PARTS.filter(({ isOwners }) => !isOwners || me.role === 'owner');
  return (
    <>
      <div class="screen-head">
        <h1>{me.studioName}</h1>
      </div>
      <nav class="tabs" aria-label="Parts of the studio">
        {shown.map((one) => (
          <a key={one.part} href={hrefOf('studio', one.part)} aria-current={one.part === part ? 'page' : undefined}>
            {one.label}
          </a>
        ))}
      </nav>
      <StudioPart part={part} opened={rest[0] ?? null} />
    </>
  );
}

function StudioPart({ part, opened }: { readonly part: string; readonly opened: string | null }) {
  switch (part) {
    case 'practitioners':
      return <PractitionersPanel opened={opened} />;
    case 'prices':
      return <PricesPanel />;
    case 'pigments':
      return <PigmentsPanel />;
    case 'rules':
      return <RulesPanel />;
    case 'people':
      return <PeoplePanel />;
    case 'import':
      return <ImportPanel />;
    case 'tokens':
      return <TokensPanel />;
    case 'audit':
      return <AuditPanel />;
    default:
      return <PlacesPanel />;
  }
}
