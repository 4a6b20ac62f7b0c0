import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, type Question } from '../parts/dialog.tsx';
import { Button, TextField } from '../parts/form.tsx';
import { Loaded, Notice } from '../parts/notice.tsx';
import { Older } from '../parts/older.tsx';
import { LongTable, type Column } from '../parts/table.tsx';
import { useFollowed } from '../state/follow.ts';
import { language } from '../state/language.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { byName, numberText, octetsText, whenText } from '../text/format.ts';
import { normalised } from '../text/input.ts';
import { t } from '../words/index.ts';
import { making } from './cuts.tsx';
import { WhyAllowed } from './why_allowed.tsx';

type Connection = Schemas['Connection'];

const askedEach = 2000;  // milliseconds
const most = 20000;

/** Those of which a column holds what was typed. */
export function matching(rows: readonly Connection[], typed: string): readonly Connection[] {
  const wanted = normalised(typed).toLowerCase();
  if (wanted === '') return rows;
  return rows.filter((row) => [row.tenant, row.terminal, row.service, row.rule, row.source].some((text) => text.toLowerCase().includes(wanted)));
}

type Doing = (row: Connection) => void;

function columnsOf(end: Doing, cut: Doing, why: Doing): readonly Column<Connection>[] {
  const text = (title: string, of: (row: Connection) => string): Column<Connection> => ({ title, cell: of, order: (a, b) => byName(of(a), of(b)) });
  const octets = (title: string, of: (row: Connection) => number): Column<Connection> =>
    ({ title, cell: (row) => octetsText(of(row)), order: (a, b) => of(a) - of(b), isNumber: true });
  const act: Column<Connection> = {
    title: t('connections.act'),
    cell: (row) => (
      <>
        {may('session.end') && <Button kind="danger" label={t('connections.end_of', { terminal: row.terminal, session: row.session })} onClick={() => end(row)}>{t('connections.end')}</Button>}{' '}
        {may('cut') && <Button kind="danger" label={t('connections.cut_of', { terminal: row.terminal, session: row.session })} onClick={() => cut(row)}>{t('connections.cut')}</Button>}
      </>
    ),
  };
  return [
    text(t('connections.tenant'), (row) => row.tenant),
    text(t('connections.terminal'), (row) => row.terminal),
    text(t('connections.service'), (row) => row.service),
    text(t('connections.source'), (row) => row.source),
    { title: t('connections.began'), cell: (row) => whenText(row.began, language.value), order: (a, b) => (a.began < b.began ? -1 : Number(a.began > b.began)) },
    octets(t('connections.up'), (row) => row.bytes_up),
    octets(t('connections.down'), (row) => row.bytes_down),
    {
      title: t('connections.rule'), order: (a, b) => byName(a.rule, b.rule),
      cell: (row) => <>{row.rule} <Button kind="link" label={t('why_allowed.of', { terminal: row.terminal, session: row.session })} onClick={() => why(row)}>{t('why_allowed.ask')}</Button></>,
    },
    ...(may('session.end') || may('cut') ? [act] : []),
  ];
}

function questionOf(row: Connection, again: () => void): Question {
  return {
    title: t('connections.end_title'),
    what: <><p>{t('connections.end_what', { terminal: row.terminal, service: row.service })}</p><p>{t('connections.end_undo')}</p></>,
    submit: t('connections.end'), danger: true,
    act: () => call('connections.end', { path: { tenant: row.tenant, session: row.session } }),
    done: () => (say(t('connections.ended')), again()),
  };
}

export function ConnectionsPage(): JSX.Element {
  const load = useFollowed('connections.list', { query: { limit: most } }, askedEach);
  const typed = useSignal(''), question = useSignal<Question | null>(null), asked = useSignal<Connection | null>(null);
  const all = load.data.value?.connections;
  const rows = useMemo(() => matching(all ?? [], typed.value), [all, typed.value]);
  const columns = useMemo(() => {
    const again = (): void => void load.again();
    const end = (row: Connection): void => void (question.value = questionOf(row, again));
    const cut = ({ tenant, terminal }: Connection): void => void (question.value = making({ what: 'terminal', tenant, name: terminal }, again));
    return columnsOf(end, cut, (row) => void (asked.value = row));
  }, [language.value]);
  const isPaused = load.isPaused.value;
  return (
    <>
      <div class="bar">
        <TextField label={t('app.filter')} help={t('connections.filter_help')} value={typed} type="search" most={64} />
        <Button onClick={() => void (load.isPaused.value = !isPaused)}>{t(isPaused ? 'connections.resume' : 'connections.pause')}</Button>
        {isPaused && <Button onClick={() => void load.again()}>{t('app.refresh')}</Button>}
      </div>
      <Older load={load} every={askedEach} />
      <Loaded load={load}>
        {(given) => (
          <>
            {given.is_cut && <Notice mark="warn"><p>{t('connections.cut_short')}</p></Notice>}
            {given.silent.length > 0 && <Notice mark="warn"><p>{t('connections.silent', { names: given.silent.join(', ') })}</p></Notice>}
            <p>{t('connections.count', { n: numberText(rows.length), all: numberText(given.all) })}</p>
            <LongTable title={t('connections.table')} columns={columns} rows={rows} keyOf={(row) => `${row.tenant} ${row.session}`}
              none={t(given.all === 0 ? 'connections.none' : 'connections.none_matching')} />
          </>
        )}
      </Loaded>
      <Ask question={question} />
      <WhyAllowed asked={asked} />
    </>
  );
}
