import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { call, placeOf, queryOf } from '../api/client.ts';
import type { Operations, Schemas } from '../api/generated.ts';
import { Button, Form, TextField } from '../parts/form.tsx';
import { Loaded, MarkView, ProblemView, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { route, type Route } from '../state/route.ts';
import { may } from '../state/session.ts';
import { instantOf, numberText, whenText } from '../text/format.ts';
import { eventText } from '../words/events.ts';
import { hasWords, t, wordOf } from '../words/index.ts';

type Found = Schemas['Record'];
type Query = Operations['records.find']['query'];
const atOnce = 50;
const marks: Readonly<Record<string, Mark>> = { info: 'plain', notice: 'plain', warning: 'warn', error: 'bad' };

function Fields({ row }: { row: Found }): JSX.Element {
  return (
    <details>
      <summary aria-label={t('records.all_fields_of', { n: row.number })}>{t('records.all_fields')}</summary>
      <dl class="pairs">
        {Object.entries(row).map(([name, value]) => <><dt><code>{name}</code></dt><dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd></>)}
      </dl>
    </details>
  );
}

const textOf = (row: Found, name: string): string => (typeof row[name] === 'string' ? row[name] : '');
const textsOf = (row: Found, names: readonly string[], between: string): string => names.map((name) => textOf(row, name)).filter((text) => text !== '').join(between);

function Said({ row }: { row: Found }): JSX.Element {
  const { words, lang } = eventText(row.event, textOf(row, 'msg'), language.value);
  return <span lang={lang}>{words}</span>;
}

/** Why, in words where there are any; what the libraries say of it then stands among all fields. */
function Why({ row }: { row: Found }): JSX.Element {
  const reason = textOf(row, 'reason'), object = textOf(row, 'object');
  if (!hasWords('why', reason)) return <span class="why">{textsOf(row, ['object', 'reason', 'detail'], ' ')}</span>;
  return <><span class="why">{object}</span> <code class="why" lang="en">{reason}</code><p>{t('app.reason')}: {wordOf('why', reason)}</p></>;
}

function Rows({ rows }: { rows: readonly Found[] }): JSX.Element {
  return (
    <Table title={t('records.table')} rows={rows} keyOf={(row) => row.number} none={t('records.none')}
      columns={[
        { title: t('records.number'), cell: (row) => row.number, isNumber: true },
        { title: t('records.time'), cell: (row) => whenText(row.ts, language.value, true) },
        { title: t('records.level'), cell: (row) => <MarkView mark={marks[row.level] ?? 'unknown'} words={wordOf('level', row.level)} /> },
        { title: t('records.what'), cell: (row) => <><Said row={row} /> <code class="why">{row.event}</code> <Why row={row} /><Fields row={row} /></> },
        { title: t('records.who'), cell: (row) => textsOf(row, ['administrator', 'tenant', 'terminal'], '/') },
      ]} />
  );
}

/** What follows behind the first page of records. */
function More({ query, before }: { query: Query; before: number }): JSX.Element {
  const rows = useSignal<readonly Found[]>([]), next = useSignal<number | undefined>(before);
  const more = useAction<[]>(async () => {
    const found = await call('records.find', { query: { ...query, ...(next.value !== undefined && { before: next.value }) } });
    if (found.ok) rows.value = [...rows.value, ...found.value.records], next.value = found.value.before;
    return found;
  });
  return (
    <>
      {rows.value.length > 0 && <Rows rows={rows.value} />}
      <ProblemView problem={more.problem.value} />
      {next.value !== undefined && <div class="buttons"><Button busy={more.isBusy.value} onClick={() => void more.run()}>{t('records.more')}</Button></div>}
    </>
  );
}

/** Filters of a place like "#/records/event=session.refused/terminal=desk-1". */
const filtersOf = (place: Route): Readonly<Record<string, string>> =>
  Object.fromEntries(place.slice(1).map((part) => [part.split('=', 1)[0] ?? '', part.slice(part.indexOf('=') + 1)]));

export function RecordsPage(): JSX.Element {
  const given = filtersOf(route.value), useFilter = (name: string): Signal<string> => useSignal(given[name] ?? '');
  const from = useFilter('from'), until = useFilter('until'), tenant = useFilter('tenant'), terminal = useFilter('terminal'), service = useFilter('service');
  const event = useFilter('event'), administrator = useFilter('administrator'), result = useFilter('result');
  const wanted = (): Query => {
    const start = instantOf(from.value), end = instantOf(until.value);
    return { limit: atOnce, ...(start && { from: start }), ...(end && { until: end }), ...(tenant.value && { tenant: tenant.value }),
      ...(terminal.value && { terminal: terminal.value }), ...(service.value && { service: service.value }), ...(event.value && { event: event.value }),
      ...(administrator.value && { administrator: administrator.value }), ...(result.value && { result: result.value }) };
  };
  const query = useSignal<Query>(wanted());
  const load = useLoad('records.find', { query: query.value });
  const find = useAction<[]>(async () => void (query.value = wanted()));
  const clear = (): void => {
    for (const field of [from, until, tenant, terminal, service, event, administrator, result]) field.value = '';
    query.value = { limit: atOnce };
  };
  return (
    <>
      <p>{t('records.intro')}</p>
      <div class="part">
        <Form action={find} submit={t('records.find')} more={<Button onClick={clear}>{t('records.clear')}</Button>}>
          <div class="filters">
            <TextField label={t('records.from')} value={from} type="datetime-local" />
            <TextField label={t('records.until')} value={until} type="datetime-local" />
            <TextField label={t('connections.tenant')} value={tenant} most={63} />
            <TextField label={t('connections.terminal')} value={terminal} most={63} />
            <TextField label={t('connections.service')} value={service} most={63} />
            <TextField label={t('records.event')} help={t('records.event_help')} value={event} most={63} />
            <TextField label={t('records.administrator')} value={administrator} most={63} />
            <TextField label={t('records.result')} help={t('records.result_help')} value={result} most={63} />
          </div>
        </Form>
      </div>
      <Loaded load={load}>
        {(given) => (
          <div class="part">
            <p role="status">{t('records.count', { n: numberText(given.records.length) })}</p>
            {may('records.export') && <p><a class="button" download href={placeOf('records.export') + queryOf({ ...query.value, limit: undefined })}>{t('records.table_file')}</a> <a class="button" download href={placeOf('records.export') + queryOf({ ...query.value, limit: undefined, form: 'json' })}>{t('records.lines_file')}</a> {t('records.table_help')}</p>}
            <Rows rows={given.records} />
            {given.before !== undefined && <More key={given.before} query={query.value} before={given.before} />}
          </div>
        )}
      </Loaded>
    </>
  );
}
