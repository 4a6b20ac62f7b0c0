import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, type Question } from '../parts/dialog.tsx';
import { Button, TextField } from '../parts/form.tsx';
import { Loaded, MarkView, Notice } from '../parts/notice.tsx';
import { Older } from '../parts/older.tsx';
import { LongTable, type Column } from '../parts/table.tsx';
import { useFollowed } from '../state/follow.ts';
import { language } from '../state/language.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { byName, numberText, octetsText, sinceText } from '../text/format.ts';
import { heldOf, keyOf } from '../text/held.ts';
import { normalised } from '../text/input.ts';
import { t } from '../words/index.ts';
import { making } from './cuts.tsx';
import { WhyAllowed } from './why_allowed.tsx';

type Connection = Schemas['Connection'];

const askedEach = 2000;  // milliseconds
const most = 20000;
const none: ReadonlyMap<string, Connection> = new Map();

/** Those of which a column holds what was typed. */
export function matching(rows: readonly Connection[], typed: string): readonly Connection[] {
  const wanted = normalised(typed).toLowerCase();
  if (wanted === '') return rows;
  return rows.filter((row) => [row.tenant, row.terminal, row.service, row.rule, row.source].some((text) => text.toLowerCase().includes(wanted)));
}

type Doing = (row: Connection) => void;
interface Acts {
  readonly end: Doing;
  readonly cut: Doing;
  readonly why: Doing;
  readonly pin: Doing;
  isPinned(row: Connection): boolean;
  isGone(row: Connection): boolean;
}

function Act({ row, acts, isPinned, isGone }: { row: Connection; acts: Acts; isPinned: boolean; isGone: boolean }): JSX.Element {
  const named = { terminal: row.terminal, session: row.session };
  return (
    <>
      <Button label={t(isPinned ? 'connections.unpin_of' : 'connections.pin_of', named)} onClick={() => acts.pin(row)}>{t(isPinned ? 'connections.unpin' : 'connections.pin')}</Button>{' '}
      {isGone && <><MarkView mark="unknown" words={t('connections.gone')} />{' '}</>}
      {!isGone && may('session.end') && <><Button kind="danger" label={t('connections.end_of', named)} onClick={() => acts.end(row)}>{t('connections.end')}</Button>{' '}</>}
      {may('cut') && <Button kind="danger" label={t('connections.cut_of', named)} onClick={() => acts.cut(row)}>{t('connections.cut')}</Button>}
    </>
  );
}

function columnsOf(acts: Acts): readonly Column<Connection>[] {
  const text = (title: string, of: (row: Connection) => string): Column<Connection> => ({ title, cell: of, order: (a, b) => byName(of(a), of(b)) });
  const octets = (title: string, of: (row: Connection) => number): Column<Connection> =>
    ({ title, cell: (row) => octetsText(of(row)), order: (a, b) => of(a) - of(b), isNumber: true });
  return [
    text(t('connections.tenant'), (row) => row.tenant),
    text(t('connections.terminal'), (row) => row.terminal),
    text(t('connections.service'), (row) => row.service),
    text(t('connections.source'), (row) => row.source),
    { title: t('connections.began'), cell: (row) => sinceText(row.began, language.value), order: (a, b) => (a.began < b.began ? -1 : Number(a.began > b.began)) },
    octets(t('connections.up'), (row) => row.bytes_up),
    octets(t('connections.down'), (row) => row.bytes_down),
    {
      title: t('connections.rule'), order: (a, b) => byName(a.rule, b.rule),
      cell: (row) => <>{row.rule} <Button kind="link" label={t('why_allowed.of', { terminal: row.terminal, session: row.session })} onClick={() => acts.why(row)}>{t('why_allowed.ask')}</Button></>,
    },
    { title: t('connections.act'), cell: (row) => <Act {...{ row, acts }} isPinned={acts.isPinned(row)} isGone={acts.isGone(row)} /> },
  ];
}

function questionOf(row: Connection, again: () => void): Question {
  return {
    title: t('connections.end_title'),
    what: <><p>{t('connections.end_what', { terminal: row.terminal, service: row.service })}</p><p class="strong">{t('connections.end_care')}</p><p>{t('connections.end_undo')}</p></>,
    submit: t('connections.end'), danger: true, word: row.terminal,
    act: () => call('connections.end', { path: { tenant: row.tenant, session: row.session } }),
    done: () => (say(t('connections.ended')), again()),
  };
}

type Given = Schemas['Connections'];

/** What is shown of the list: held still or not, with what is pinned, each as it was seen last. */
function useHeld(given: Given | null): { held: ReturnType<typeof heldOf<Connection>>; still: Signal<readonly Connection[] | null>; pinned: Signal<ReadonlyMap<string, Connection>> } {
  const still = useSignal<readonly Connection[] | null>(null), pinned = useSignal(none), live = given?.connections ?? [];
  useEffect(() => {
    const latest = live.filter((row) => pinned.value.has(keyOf(row)));
    if (latest.length > 0) pinned.value = new Map([...pinned.value, ...latest.map((row) => [keyOf(row), row] as const)]);
  }, [given]);
  const held = useMemo(() => heldOf(live, still.value, pinned.value, (row) => !given?.is_cut && !given?.silent.includes(row.tenant)),
    [given, still.value, pinned.value]);
  return { held, still, pinned };
}

export function ConnectionsPage(): JSX.Element {
  const load = useFollowed('connections.list', { query: { limit: most } }, askedEach);
  const typed = useSignal(''), question = useSignal<Question | null>(null), asked = useSignal<Connection | null>(null);
  const { held, still, pinned } = useHeld(load.data.value);
  const isPinned = (row: Connection): boolean => pinned.value.has(keyOf(row));
  const rows = useMemo(() => matching(held.rows, typed.value), [held, typed.value]);
  const again = (): void => void load.again(), gone = useRef(held.gone);
  gone.current = held.gone;
  const columns = useMemo(() => columnsOf({
    end: (row) => void (question.value = questionOf(row, again)),
    cut: ({ tenant, terminal }) => void (question.value = making({ what: 'terminal', tenant, name: terminal }, again)),
    why: (row) => void (asked.value = row),
    pin: (row) => {
      const next = new Map(pinned.value);
      if (!next.delete(keyOf(row))) next.set(keyOf(row), row);
      pinned.value = next;
    },
    isPinned, isGone: (row) => gone.current.has(keyOf(row)),
  }), [language.value]);
  const hold = (): void => void (still.value = load.data.value?.connections ?? []);
  return (
    <>
      <div class="bar">
        <TextField label={t('app.filter')} help={t('connections.filter_help')} value={typed} type="search" most={64} />
        <Button onClick={() => (still.value === null ? hold() : void (still.value = null))}>{t(still.value === null ? 'connections.hold' : 'connections.go_on')}</Button>
        {still.value !== null && <Button disabled={held.fresh === 0} onClick={hold}>{t('connections.show_fresh', { n: numberText(held.fresh) })}</Button>}
      </div>
      <Older load={load} every={askedEach} />
      <Loaded load={load}>
        {(given) => (
          <>
            {given.is_cut && <Notice mark="warn"><p>{t('connections.cut_short')}</p></Notice>}
            {given.silent.length > 0 && <Notice mark="warn"><p>{t('connections.silent', { names: given.silent.join(', ') })}</p></Notice>}
            {still.value !== null && <p>{t('connections.held')}</p>}
            <p>{t('connections.count', { n: numberText(rows.filter((row) => !held.gone.has(keyOf(row))).length), all: numberText(given.all) })}</p>
            <LongTable title={t('connections.table')} columns={columns} rows={rows} keyOf={keyOf} isFirst={isPinned}
              none={t(given.all === 0 ? 'connections.none' : 'connections.none_matching')} />
          </>
        )}
      </Loaded>
      <Ask question={question} />
      <WhyAllowed asked={asked} />
    </>
  );
}
