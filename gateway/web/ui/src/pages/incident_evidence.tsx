import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { call, placeOf } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import type { Question } from '../parts/dialog.tsx';
import { Button, TextField } from '../parts/form.tsx';
import { MarkView, Part, ProblemView } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { numberText, whenText } from '../text/format.ts';
import { t } from '../words/index.ts';

type Frozen = Schemas['IncidentEvidence'];
interface Of {
  readonly number: number;
  readonly rows: readonly Frozen[];
  readonly question: Signal<Question | null>;
  readonly again: () => void;
}

function Freeze({ number, again }: Pick<Of, 'number' | 'again'>): JSX.Element {
  const freeze = useAction<[]>(async () => {
    const made = await call('incident.freeze', { path: { incident: number }, body: {} });
    if (made.ok) say(t('incidents.frozen', { n: made.value.evidence })), again();
    return made;
  });
  return (
    <>
      <p class="help">{t('incidents.freeze_help')}</p>
      <ProblemView problem={freeze.problem.value} />
      <div class="buttons"><Button kind="main" busy={freeze.isBusy.value} onClick={() => void freeze.run()}>{t('incidents.freeze_do')}</Button></div>
    </>
  );
}

function Hold({ row }: { row: Frozen }): JSX.Element {
  if (row.lifted === undefined) return <MarkView mark="good" words={t('incidents.held')} />;
  return <>{t('incidents.lifted_by', { by: row.lifted_by ?? '', time: whenText(row.lifted, language.value) })}</>;
}

export function Evidence({ number, rows, question, again }: Of): JSX.Element {
  const to = useSignal(''), mayTake = may('incident.take') && rows.length > 0;
  const lift = (row: Frozen): void => void (question.value = {
    title: t('incidents.lift_of', { n: row.evidence }), what: <p>{t('incidents.lift_what')}</p>, submit: t('incidents.lift_do'), danger: true,
    asks: { label: t('app.reason'), required: true, most: 512 },
    act: (reason) => call('incident.lift', { path: { incident: number, evidence: row.evidence }, body: { reason } }), done: () => (say(t('incidents.lifted')), again()) });
  const place = (row: Frozen): string => placeOf('incident.take', { incident: number, evidence: row.evidence }) + (to.value.trim() === '' ? '' : `?to=${encodeURIComponent(to.value.trim())}`);
  return (
    <Part title={t('incidents.evidence')}>
      {may('incident.keep') && <Freeze number={number} again={again} />}
      {mayTake && <TextField label={t('incidents.to')} help={t('incidents.to_help')} value={to} plain most={64} />}
      <Table<Frozen> title={t('incidents.evidence')} rows={rows} keyOf={(row) => row.evidence} none={t('incidents.evidence_none')}
        columns={[
          { title: t('incidents.number'), cell: (row) => row.evidence, isNumber: true },
          { title: t('incidents.when'), cell: (row) => whenText(row.frozen, language.value) },
          { title: t('incidents.frozen_by'), cell: (row) => row.by },
          { title: t('incidents.span'), cell: (row) => `${numberText(row.first)} – ${numberText(row.last)}` },
          { title: t('incidents.hold'), cell: (row) => <Hold row={row} /> },
          { title: t('incidents.act'), isAction: true, cell: (row) => (
            <>
              {!row.signed && t('incidents.unsigned')}
              {row.signed && mayTake && <a class="button" download href={place(row)} aria-label={t('incidents.take_of', { n: row.evidence })}>{t('incidents.take')}</a>}
              {row.lifted === undefined && may('incident.lift') && <Button kind="danger" label={t('incidents.lift_of', { n: row.evidence })} onClick={() => lift(row)}>{t('incidents.lift_do')}</Button>}
            </>
          ) },
        ]} />
    </Part>
  );
}
