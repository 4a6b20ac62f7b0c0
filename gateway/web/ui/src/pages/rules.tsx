import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Loaded, MarkView, Notice, Part } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';

type Rule = Schemas['Rule'];
type Exception = Schemas['Exception'];
const mostShown = 8;  // terminals; the others are opened

function Terminals({ row }: { row: Rule }): JSX.Element {
  const names = row.terminals.join(', ');
  if (row.all_terminals) return <>{t('rules.everybody', { n: row.terminals.length })}</>;
  if (row.terminals.length <= mostShown) return <>{names}</>;
  return <details><summary>{row.terminals.slice(0, mostShown).join(', ')}… ({row.terminals.length})</summary>{names}</details>;
}

/** What is weaker than the rule, and until when (NET-02, D10). */
function Exceptions({ rows }: { rows: readonly Exception[] }): JSX.Element {
  return (
    <Part title={t('exceptions.title')}>
      <p>{t('exceptions.intro')}</p>
      <Table<Exception> title={t('exceptions.title')} none={t('exceptions.none')} keyOf={(row) => `${row.tenant}/${row.service}/${row.what}`}
        rows={[...rows].sort((a, b) => a.until.localeCompare(b.until))}
        columns={[
          { title: t('connections.tenant'), cell: (row) => row.tenant },
          { title: t('connections.service'), cell: (row) => row.service },
          { title: t('exceptions.what'), cell: (row) => wordOf('exception', row.what) },
          { title: t('rules.until'), cell: (row) => <>{whenText(row.until, language.value)} {row.ended && <MarkView mark="bad" words={t('exceptions.ended')} />}</> },
          { title: t('exceptions.reason'), cell: (row) => row.reason },
          { title: t('exceptions.approver'), cell: (row) => row.approver },
        ]} />
    </Part>
  );
}

/** Who may use what, and what nobody uses any more (WLS-01, WLS-06). */
export function RulesPage(): JSX.Element {
  const load = useLoad('rules.list', {});
  return (
    <>
      <p>{t('rules.intro')}</p>
      <Loaded load={load}>
        {({ rules, exceptions }) => (
          <>
            <div class="part">
              {rules.some((row) => row.unused) && <Notice mark="warn"><p>{t('rules.some_unused', { n: rules.filter((row) => row.unused).length })}</p></Notice>}
              <Table<Rule> title={t('rules.table')} none={t('rules.none')} keyOf={(row) => `${row.tenant}/${row.rule}`}
                rows={[...rules].sort((a, b) => Number(b.unused) - Number(a.unused))}
                columns={[
                  { title: t('connections.tenant'), cell: (row) => row.tenant },
                  { title: t('rules.rule'), cell: (row) => row.rule },
                  { title: t('rules.terminals'), cell: (row) => <Terminals row={row} /> },
                  { title: t('connections.service'), cell: (row) => row.service },
                  { title: t('rules.cloud'), cell: (row) => <code>{row.server_name}<wbr />:{row.port}</code> },
                  { title: t('rules.mode'), cell: (row) => wordOf('mode', row.mode) },
                  { title: t('rules.until'), cell: (row) => (row.until === undefined ? t('rules.no_end') : whenText(row.until, language.value)) },
                  { title: t('rules.idle_since'), cell: (row) => <>{whenText(row.idle_since, language.value)} {row.unused && <MarkView mark="warn" words={t('rules.unused')} />}</> },
                ]} />
            </div>
            <Exceptions rows={exceptions} />
          </>
        )}
      </Loaded>
    </>
  );
}
