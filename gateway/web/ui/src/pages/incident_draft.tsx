import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Pairs } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { t } from '../words/index.ts';

type Row = Schemas['IncidentDraftRow'];

const Content = ({ row }: { row: Row }): JSX.Element => (
  <div>
    {row.text === undefined ? <MarkView mark="unknown" words={t('incidents.draft_fill')} /> : row.text.split('\n').map((line) => <div key={line}>{line}</div>)}
    {row.hint !== undefined && <p class="help">{row.hint}</p>}
  </div>
);

export function DraftPage({ number, notice }: { number: number; notice: string }): JSX.Element {
  const load = useLoad('incident.draft', { path: { incident: number, notice } });
  return (
    <>
      <p><a href={hashOf('incidents', number)}>{t('incidents.draft_back', { n: number })}</a></p>
      <Loaded load={load}>
        {(given) => (
          <>
            <h2>{given.title}</h2>
            <Pairs rows={[[t('incidents.draft_to'), given.to], [t('incidents.draft_ways'), given.ways.length === 0 ? t('incidents.draft_no_ways') : given.ways.join('、')]]} />
            <Notice mark="warn"><p>{t('incidents.draft_blanks', { n: given.blanks })}</p></Notice>
            <Table<Row> title={given.title} rows={given.rows} keyOf={(row) => row.heading} none={t('app.nothing')}
              columns={[
                { title: t('incidents.draft_item'), cell: (row) => row.heading },
                { title: t('incidents.draft_text'), cell: (row) => <Content row={row} /> },
                { title: t('incidents.draft_records'), cell: (row) => (row.records.length === 0 ? '—' : row.records.join(', ')) },
              ]} />
            <div class="buttons"><Button kind="main" onClick={() => window.print()}>{t('incidents.print')}</Button></div>
          </>
        )}
      </Loaded>
    </>
  );
}
