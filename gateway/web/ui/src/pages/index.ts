import type { FunctionComponent } from 'preact';

import type { Route } from '../state/route.ts';
import { AccountsPage } from './accounts.tsx';
import { BackupsPage } from './backups.tsx';
import { CertificatesPage } from './certificates.tsx';
import { ChangesPage, HistoryPage } from './changes.tsx';
import { ConnectionsPage } from './connections.tsx';
import { CutsPage } from './cuts.tsx';
import { DiagnosisPage } from './diagnosis.tsx';
import { EvidencePage } from './evidence.tsx';
import { HelpPage } from './help.tsx';
import { ContactsPage } from './contacts.tsx';
import { IncidentsPage } from './incidents.tsx';
import { IsolationPage } from './isolation.tsx';
import { MaintenancePage } from './maintenance.tsx';
import { NetworkPage } from './network.tsx';
import { NocPage } from './noc.tsx';
import { OverviewPage } from './overview.tsx';
import { OwnPage } from './own.tsx';
import { RecordsPage } from './records.tsx';
import { RefusalsPage } from './refusals.tsx';
import { ReviewsPage } from './reviews.tsx';
import { RulesPage } from './rules.tsx';
import { SetupPage } from './setup.tsx';
import { SupportPage } from './support.tsx';
import { TerminalsPage } from './terminals.tsx';
import { UpdatePage } from './update.tsx';

export const groups = ['now', 'change', 'care', 'people'] as const;
type Group = (typeof groups)[number];

export interface Page {
  readonly id: 'overview' | 'connections' | 'refusals' | 'terminals' | 'rules' | 'certificates' | 'network' | 'cuts' | 'isolation' | 'diagnosis' | 'noc'
    | 'changes' | 'history' | 'maintenance' | 'records' | 'reviews' | 'evidence' | 'incidents' | 'contacts' | 'backups' | 'update' | 'support' | 'setup' | 'accounts' | 'own' | 'help';
  readonly group: Group;
  /** Operations of which one lets a role see it; none: anybody who is signed in. */
  readonly needs: readonly string[];
  readonly show: FunctionComponent;
}

export const pages: readonly Page[] = [
  { id: 'overview', group: 'now', needs: ['status.read'], show: OverviewPage },
  { id: 'connections', group: 'now', needs: ['sessions.read'], show: ConnectionsPage },
  { id: 'refusals', group: 'now', needs: ['status.read'], show: RefusalsPage },
  { id: 'terminals', group: 'now', needs: ['status.read'], show: TerminalsPage },
  { id: 'rules', group: 'now', needs: ['status.read'], show: RulesPage },
  { id: 'certificates', group: 'now', needs: ['status.read'], show: CertificatesPage },
  { id: 'network', group: 'now', needs: ['status.read'], show: NetworkPage },
  { id: 'cuts', group: 'now', needs: ['cut', 'restore'], show: CutsPage },
  { id: 'isolation', group: 'now', needs: ['status.read'], show: IsolationPage },
  { id: 'diagnosis', group: 'now', needs: ['status.read'], show: DiagnosisPage },
  { id: 'noc', group: 'now', needs: ['status.read'], show: NocPage },
  { id: 'changes', group: 'change', needs: ['config.stage', 'config.apply', 'config.approve', 'config.roll_back'], show: ChangesPage },
  { id: 'history', group: 'change', needs: ['history.read'], show: HistoryPage },
  { id: 'maintenance', group: 'care', needs: ['maintenance.read', 'maintenance.request'], show: MaintenancePage },
  { id: 'records', group: 'care', needs: ['records.read'], show: RecordsPage },
  { id: 'reviews', group: 'care', needs: ['records.read'], show: ReviewsPage },
  { id: 'evidence', group: 'care', needs: ['evidence.read'], show: EvidencePage },
  { id: 'incidents', group: 'care', needs: ['incident.read'], show: IncidentsPage },
  { id: 'contacts', group: 'care', needs: ['incident.read'], show: ContactsPage },
  { id: 'backups', group: 'care', needs: ['backup.make', 'backup.export'], show: BackupsPage },
  { id: 'update', group: 'care', needs: ['status.read'], show: UpdatePage },
  { id: 'support', group: 'care', needs: ['bundle.make'], show: SupportPage },
  { id: 'setup', group: 'care', needs: ['status.read'], show: SetupPage },
  { id: 'accounts', group: 'people', needs: ['accounts.read'], show: AccountsPage },
  { id: 'own', group: 'people', needs: ['account.own'], show: OwnPage },
  { id: 'help', group: 'people', needs: [], show: HelpPage },
];

/** A maintainer sees nothing of the box before a maintenance is open, and begins where that is asked for. */
const startOf = (role: string | undefined): Page['id'] => (role === 'maintainer' ? 'maintenance' : 'overview');

export function pageAt(route: Route, role: string | undefined): Page | undefined {
  const id = route[0] ?? startOf(role);
  return pages.find((page) => page.id === id);
}
