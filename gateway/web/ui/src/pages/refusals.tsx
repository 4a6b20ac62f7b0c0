import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { isOfBox, remedyFor, subjectOf } from '../api/refusals.ts';
import type { Operations, Schemas } from '../api/generated.ts';
import { Button, Form, TextField } from '../parts/form.tsx';
import { Loaded, Notice, Part } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { may } from '../state/session.ts';
import { instantOf, localText, numberText, whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';
import { DetectionsPart } from './detections.tsx';

type Refusal = Schemas['Refusal'];
type Query = Operations['refusals.list']['query'];

const aMinute = 60_000;  // milliseconds
const mostWhole = 17;  // a MAC; an address of IPv6 may be longer, and is divided
const deviceOf = (row: Refusal): string => row.terminal ?? row.source ?? '';
const whyOf = (row: Refusal): string => wordOf('why', subjectOf(row.event, row.reason));
/** Of these the records are found by their reason as well. */
const foundByReason = new Set(['session.refused', 'packet.refused']);

/** Where its records are found: by all that they are looked for by. */
const recordsOf = (row: Refusal): string => hashOf('records', `event=${row.event}`, ...(row.terminal === undefined ? [] : [`terminal=${row.terminal}`]),
  ...(row.reason !== '' && foundByReason.has(row.event) ? [`result=${row.reason}`] : []),
  `from=${localText(Date.parse(row.first))}`, `until=${localText(Date.parse(row.last) + aMinute)}`);

function Device({ row }: { row: Refusal }): JSX.Element {
  const device = deviceOf(row);
  return (
    <>
      {row.tenant !== '' && <>{row.tenant}<br /></>}
      {row.terminal !== undefined ? <a href={hashOf('terminals', row.terminal)} aria-label={t('refusals.terminal_of', { terminal: row.terminal })}>{row.terminal}</a>
        : device === '' ? <span class="why">{t('refusals.several')}</span> : <code class={device.length > mostWhole ? '' : 'whole'}>{device}</code>}
    </>
  );
}

const Why = ({ row }: { row: Refusal }): JSX.Element => (
  <>
    <span class="strong">{whyOf(row)}</span><br />
    <code class="why">{row.event}</code>{row.reason !== '' && <> <code class="why" lang="en">{row.reason}</code></>}
  </>
);

function Last({ row }: { row: Refusal }): JSX.Element {
  const why = whyOf(row), device = deviceOf(row) || t('refusals.several'), n = row.record;
  return (
    <>
      <span class="whole">{whenText(row.last, language.value)}</span>
      {row.count > 1 && <><br /><span class="why whole">{t('refusals.first', { time: whenText(row.first, language.value) })}</span></>}
      <br />{may('records.read') ? <a href={recordsOf(row)} aria-label={`${t('refusals.record', { n })}: ${t('refusals.records_of', { device, why })}`}>{t('refusals.record', { n })}</a>
        : <span class="why">{t('refusals.record', { n })}</span>}
    </>
  );
}

const Rows = ({ title, rows }: { title: string; rows: readonly Refusal[] }): JSX.Element => (
  <Part title={title}>
    <Table<Refusal> title={title} rows={rows} none={t('refusals.none')} keyOf={(row) => [row.tenant, deviceOf(row), row.event, row.reason].join(' ')}
      columns={[
        { title: t('refusals.device'), cell: (row) => <Device row={row} /> },
        { title: t('refusals.why'), cell: (row) => <Why row={row} /> },
        { title: t('refusals.do'), cell: (row) => t(remedyFor(row.event, row.reason)) },
        { title: t('refusals.times'), cell: (row) => numberText(row.count), isNumber: true },
        { title: t('refusals.last'), cell: (row) => <Last row={row} /> },
      ]} />
  </Part>
);

function Found({ given }: { given: Schemas['Refusals'] }): JSX.Element {
  const all = given.refusals.reduce((sum, row) => sum + row.count, 0);
  const isOwn = (row: Refusal): boolean => isOfBox(row.event, row.reason), own = given.refusals.filter(isOwn);
  return (
    <>
      <p role="status">{t('refusals.count', { n: numberText(given.refusals.length), all: numberText(all), since: whenText(given.since, language.value) })}</p>
      {given.is_cut && <Notice mark="warn"><p>{t('refusals.cut')}</p></Notice>}
      <Rows title={t('refusals.table')} rows={given.refusals.filter((row) => !isOwn(row))} />
      {own.length > 0 && <Rows title={t('refusals.of_box')} rows={own} />}
    </>
  );
}

/** Who was turned away, why, and what to do about it (IDS-01). */
export function RefusalsPage(): JSX.Element {
  const from = useSignal(''), until = useSignal(''), tenant = useSignal(''), terminal = useSignal('');
  const query = useSignal<Query>({});
  const load = useLoad('refusals.list', { query: query.value });
  const find = useAction<[]>(async () => {
    const start = instantOf(from.value), end = instantOf(until.value);
    query.value = { ...(start && { from: start }), ...(end && { until: end }), ...(tenant.value && { tenant: tenant.value }),
      ...(terminal.value && { terminal: terminal.value }) };
    await load.again();
  });
  const clear = (): void => {
    for (const field of [from, until, tenant, terminal]) field.value = '';
    query.value = {};
  };
  return (
    <>
      <DetectionsPart />
      <p>{t('refusals.intro')}</p>
      <p>{t('refusals.days')}</p>
      <div class="part">
        <Form action={find} submit={t('records.find')} more={<Button onClick={clear}>{t('records.clear')}</Button>}>
          <div class="filters">
            <TextField label={t('records.from')} value={from} type="datetime-local" />
            <TextField label={t('records.until')} value={until} type="datetime-local" />
            <TextField label={t('connections.tenant')} value={tenant} most={63} />
            <TextField label={t('connections.terminal')} value={terminal} most={63} />
          </div>
        </Form>
      </div>
      <Loaded load={load}>{(given) => <Found given={given} />}</Loaded>
    </>
  );
}
