import { AccountsPage } from "./accounts.js";
import { BackupsPage } from "./backups.js";
import { ChangesPage, HistoryPage } from "./changes.js";
import { ConnectionsPage } from "./connections.js";
import { CutsPage } from "./cuts.js";
import { HelpPage } from "./help.js";
import { IsolationPage } from "./isolation.js";
import { MaintenancePage } from "./maintenance.js";
import { OverviewPage } from "./overview.js";
import { OwnPage } from "./own.js";
import { RecordsPage } from "./records.js";
import { ReviewsPage } from "./reviews.js";
import { TerminalsPage } from "./terminals.js";
export const groups = ['now', 'change', 'care', 'people'];
export const pages = [
    { id: 'overview', group: 'now', needs: ['status.read'], show: OverviewPage },
    { id: 'connections', group: 'now', needs: ['sessions.read'], show: ConnectionsPage },
    { id: 'terminals', group: 'now', needs: ['status.read'], show: TerminalsPage },
    { id: 'cuts', group: 'now', needs: ['cut', 'restore'], show: CutsPage },
    { id: 'isolation', group: 'now', needs: ['status.read'], show: IsolationPage },
    { id: 'changes', group: 'change', needs: ['config.stage', 'config.apply', 'config.approve', 'config.roll_back'], show: ChangesPage },
    { id: 'history', group: 'change', needs: ['history.read'], show: HistoryPage },
    { id: 'maintenance', group: 'care', needs: ['maintenance.read', 'maintenance.request'], show: MaintenancePage },
    { id: 'records', group: 'care', needs: ['records.read'], show: RecordsPage },
    { id: 'reviews', group: 'care', needs: ['records.read'], show: ReviewsPage },
    { id: 'backups', group: 'care', needs: ['backup.make', 'backup.export'], show: BackupsPage },
    { id: 'accounts', group: 'people', needs: ['accounts.read'], show: AccountsPage },
    { id: 'own', group: 'people', needs: ['account.own'], show: OwnPage },
    { id: 'help', group: 'people', needs: [], show: HelpPage },
];
export function pageAt(route) {
    const id = route[0] ?? 'overview';
    return pages.find((page) => page.id === id);
}
