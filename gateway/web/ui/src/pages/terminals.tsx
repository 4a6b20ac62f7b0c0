import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, reasonAsked, type Question } from '../parts/dialog.tsx';
import { Button, TextField } from '../parts/form.tsx';
import { Loaded, MarkView, type Mark } from '../parts/notice.tsx';
import { Table, Tabs, type Column } from '../parts/table.tsx';
import { useLoad } from '../state/load.ts';
import { route } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { offerUndo } from '../state/undo.ts';
import { byName } from '../text/format.ts';
import { normalised } from '../text/input.ts';
import { t, wordOf } from '../words/index.ts';
import { Certificates } from './terminal_certificates.tsx';
import { inviting, Ticket } from './terminal_ticket.tsx';

type Terminal = Schemas['Terminal'];
const pollEach = 10_000;  // milliseconds
const marks: Readonly<Record<string, Mark>> = { known: 'good', blocked_in_configuration: 'warn', blocked: 'bad', cut_off: 'bad' };

const pathOf = (row: Terminal): { tenant: string; terminal: string } => ({ tenant: row.tenant, terminal: row.terminal });
const unblock = (row: Terminal, reason: string): ReturnType<typeof call<'terminals.unblock'>> =>
  call('terminals.unblock', { path: pathOf(row), body: { reason } });

function blocking(row: Terminal, again: () => void): Question {
  const { terminal } = row;
  return {
    title: t('terminals.block_title', { terminal }), what: <p>{t('terminals.block_what')}</p>, submit: t('terminals.block'), danger: true, asks: reasonAsked(),
    act: (reason) => call('terminals.block', { path: pathOf(row), body: { reason } }),
    done: () => {
      again();
      offerUndo(t('terminals.blocked', { terminal }), async () => {
        const done = await unblock(row, t('terminals.undone'));
        if (done.ok) say(t('terminals.unblocked', { terminal })), again();
        return done;
      });
    },
  };
}

function unblocking(row: Terminal, again: () => void): Question {
  const { terminal } = row;
  return {
    title: t('terminals.unblock_title', { terminal }), what: <p>{t('terminals.unblock_what')}</p>, submit: t('terminals.unblock'), asks: reasonAsked(),
    act: (reason) => unblock(row, reason),
    done: () => (say(t('terminals.unblocked', { terminal })), again()),
  };
}

interface Props {
  readonly wanted: string;  // part of a tenant's or terminal's name
  readonly ask: (question: Question) => void;
}

function Block({ row, ask, again }: { row: Terminal; ask: Props['ask']; again: () => void }): JSX.Element {
  const { terminal } = row;
  if (row.standing === 'blocked' || row.blocked_certificates.length > 0)
    return <Button label={t('terminals.unblock_of', { terminal })} onClick={() => ask(unblocking(row, again))}>{t('terminals.unblock')}</Button>;
  return <Button kind="danger" label={t('terminals.block_of', { terminal })} onClick={() => ask(blocking(row, again))}>{t('terminals.block')}</Button>;
}

const Enrol = ({ row, ask }: { row: Terminal; ask: Props['ask'] }): JSX.Element => (
  <Button label={t('terminals.enrol_of', { terminal: row.terminal })} onClick={() => ask(inviting(row.tenant, row.terminal))}>{t('terminals.enrol')}</Button>
);

const Standing = ({ row }: { row: Terminal }): JSX.Element => (
  <>
    <MarkView mark={marks[row.standing] ?? 'unknown'} words={wordOf('standing', row.standing)} />
    {!row.configured && <> <MarkView mark="warn" words={t('terminals.not_configured')} /></>}
  </>
);

function Terminals({ wanted, ask }: Props): JSX.Element {
  const load = useLoad('terminals.list', {}, pollEach);
  const again = (): void => void load.again();
  const columns: Column<Terminal>[] = [
    { title: t('connections.tenant'), cell: (row) => row.tenant },
    { title: t('connections.terminal'), cell: (row) => row.terminal },
    { title: t('terminals.standing'), cell: (row) => <Standing row={row} /> },
  ];
  if (load.data.value?.terminals.some((row) => row.blocked_certificates.length > 0))
    columns.push({ title: t('terminals.blocked_certificates'), cell: (row) => row.blocked_certificates.map((one) => <code key={one} class="whole">{one.slice(0, 16)}… </code>) });
  if (may('terminal.enrol') || may('terminal.block'))
    columns.push({ title: t('connections.act'), isAction: true, cell: (row) => (
      <>
        {may('terminal.enrol') && row.configured && <Enrol row={row} ask={ask} />}
        {may('terminal.block') && <Block row={row} ask={ask} again={again} />}
      </>
    ) });
  return (
    <Loaded load={load}>
      {(given) => (
        <div class="part">
          <Table title={t('terminals.table')} columns={columns} none={t('terminals.none')} keyOf={(row) => `${row.tenant} ${row.terminal}`}
            rows={given.terminals.filter((row) => `${row.tenant} ${row.terminal}`.toLowerCase().includes(wanted))
              .sort((a, b) => byName(`${a.tenant} ${a.terminal}`, `${b.tenant} ${b.terminal}`))} />
        </div>
      )}
    </Loaded>
  );
}

export function TerminalsPage(): JSX.Element {
  const question = useSignal<Question | null>(null), typed = useSignal(route.value[1] ?? '');
  const props: Props = { wanted: normalised(typed.value).toLowerCase(), ask: (asked) => void (question.value = asked) };
  return (
    <>
      <div class="bar"><TextField label={t('app.filter')} value={typed} type="search" most={64} /></div>
      <Tabs views={[
        { title: t('terminals.table'), show: () => <Terminals {...props} /> },
        { title: t('certificates.table'), show: () => <Certificates {...props} /> },
      ]} />
      <Ask question={question} />
      <Ticket />
    </>
  );
}
