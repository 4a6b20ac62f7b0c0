import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Form, TextField } from '../parts/form.tsx';
import { Loaded, MarkView, Part } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { numberText, whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';

type Detection = Schemas['Detection'];
const pollEach = 30_000;  // milliseconds

const whose = (row: Detection): string => [row.tenant, row.terminal ?? row.source].filter(Boolean).join(' / ');

function See({ row, again }: { row: Detection; again: () => void }): JSX.Element {
  const note = useSignal(''), isTried = useSignal(false);
  const error = note.value.trim() === '' ? t('app.missing') : undefined, shown = isTried.value ? error : undefined;
  const see = useAction<[]>(async () => {
    isTried.value = true;
    if (error) return;
    const done = await call('detections.see', { path: { number: row.number }, body: { note: note.value.trim() } });
    if (done.ok) say(t('detections.saw')), again();
    return done;
  });
  return (
    <details>
      <summary>{t('detections.see', { n: row.number })}</summary>
      <Form action={see} errors={shown ? [`${t('detections.note')}: ${shown}`] : []} submit={t('detections.see', { n: row.number })}>
        <TextField label={t('detections.note')} value={note} required plain most={128} error={shown} />
      </Form>
    </details>
  );
}

function State({ row, again }: { row: Detection; again: () => void }): JSX.Element {
  const isKept = row.seen !== undefined;
  return (
    <>
      {t(row.is_over ? 'detections.is_over' : 'detections.goes_on')}<br />
      <span class="why">{isKept ? t('detections.seen', { by: row.by ?? '', time: whenText(row.seen ?? '', language.value), note: row.note ?? '' }) : t('detections.unseen')}</span>
      {!isKept && may('incident.keep') && <See row={row} again={again} />}
      {!isKept && may('incident.keep') && row.severity === 'grave' && <a href={hashOf('incidents')}>{t('detections.incident')}</a>}
    </>
  );
}

/** What looked like an attack, what it means for care, what to do, and who has seen to it (IDS-01, IDS-04). */
export function DetectionsPart(): JSX.Element {
  const load = useLoad('detections.list', {}, pollEach);
  const again = (): void => void load.again();
  return (
    <Part title={t('detections.title')}>
      <Loaded load={load}>
        {(given) => (
          <Table<Detection> title={t('detections.title')} rows={given.detections} keyOf={(row) => row.number} none={t('detections.none')}
            columns={[
              { title: t('detections.what'), cell: (row) => (
                <>
                  <MarkView mark={row.seen !== undefined ? 'plain' : row.severity === 'grave' ? 'bad' : 'warn'} words={t(row.severity === 'grave' ? 'detections.grave' : 'detections.notable')} />
                  <br /><span class="strong">{wordOf('detected', row.kind)}</span><br />
                  <a class="why" href={hashOf('help', row.kind)}><code>{row.kind}</code></a>{row.detail !== undefined && <> <code class="why" lang="en">{row.detail}</code></>}
                </>
              ) },
              { title: t('detections.whose'), cell: whose },
              { title: t('detections.do'), cell: (row) => <>{wordOf('detected_care', row.kind)}<br />{wordOf('detected_do', row.kind)}</> },
              { title: t('detections.when'), cell: (row) => <>{whenText(row.first, language.value)}<br /><span class="why">{t('detections.times', { n: numberText(row.count) })}</span></> },
              { title: t('detections.state'), cell: (row) => <State row={row} again={again} /> },
            ]} />
        )}
      </Loaded>
    </Part>
  );
}
