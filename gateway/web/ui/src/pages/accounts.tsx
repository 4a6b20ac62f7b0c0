import { signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, Dialog, type Question } from '../parts/dialog.tsx';
import { Copied } from '../parts/code.tsx';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Part, type Mark } from '../parts/notice.tsx';
import { Table, Tabs, type Column } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may, session } from '../state/session.ts';
import { byName, whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';
import { Create, Manage } from './account_forms.tsx';

type Account = Schemas['Account'];
const marks: Readonly<Record<string, Mark>> = { active: 'good', invited: 'warn', disabled: 'bad' };

/** A one-time code is shown once, and forgotten with the dialogue. */
const invitation = signal<Schemas['Invitation'] | null>(null);
export const showInvitation = (given: Schemas['Invitation']): void => void (invitation.value = given);

function Invitation(): JSX.Element | null {
  const given = invitation.value;
  if (given === null) return null;
  const close = (): void => void (invitation.value = null);
  return (
    <Dialog title={t('accounts.code_title', { name: given.name })} close={close}>
      <p>{t('accounts.code_help')}</p>
      <Copied text={given.code} label={t('accounts.code_title', { name: given.name })} />
      <div class="buttons"><Button kind="main" onClick={close}>{t('accounts.code_kept')}</Button></div>
    </Dialog>
  );
}

function StateOf({ row }: { row: Account }): JSX.Element {
  const isLocked = row.locked_until !== undefined && Date.parse(row.locked_until) > Date.now();
  return (
    <>
      <MarkView mark={marks[row.state] ?? 'unknown'} words={wordOf('account.state', row.state)} />
      {row.cause !== undefined && <p>{wordOf('account.cause', row.cause)}</p>}
      {isLocked && <p><MarkView mark="warn" words={t('accounts.locked', { time: whenText(row.locked_until, language.value) })} /></p>}
    </>
  );
}

function factorsOf(row: Account): string {
  const factors = [row.has_totp && t('accounts.factor_totp'), row.has_certificate && t('accounts.factor_certificate')].filter(Boolean);
  return factors.length === 0 ? t('accounts.factor_none') : `${factors.join(', ')} (${t('accounts.recovery', { n: row.recovery_codes })})`;
}

export const mayManage = (): boolean => may('accounts.manage') || may('accounts.appoint');

function Accounts({ ask }: { ask: (question: Question) => void }): JSX.Element {
  const load = useLoad('accounts.list', {}), managed = useSignal<Account | null>(null);
  const again = (): void => void load.again();
  const columns: Column<Account>[] = [
    { title: t('accounts.name'), cell: (row) => `${row.name} ${row.name === session.value?.account ? t('accounts.own_row') : ''}` },
    { title: t('accounts.person'), cell: (row) => row.person },
    { title: t('accounts.role'), cell: (row) => wordOf('role', row.role) },
    { title: t('accounts.state_label'), cell: (row) => <StateOf row={row} /> },
    { title: t('accounts.factor'), cell: factorsOf },
    { title: t('accounts.last_used'), cell: (row) => whenText(row.last_used, language.value) },
    { title: t('accounts.ends'), cell: (row) => whenText(row.ends, language.value) },
  ];
  if (mayManage())
    columns.push({ title: t('accounts.manage'), isAction: true, cell: (row) => row.name !== session.value?.account &&
      <Button label={t('accounts.manage_of', { name: row.name })} onClick={() => void (managed.value = row)}>{t('accounts.manage')}</Button> });
  const stock: Question = { title: t('accounts.stock_take_title'), what: <p>{t('accounts.stock_take_help')}</p>, submit: t('accounts.stock_take'),
    act: () => call('accounts.stock_take', {}), done: () => say(t('accounts.stock_take_done')) };
  return (
    <>
      <Loaded load={load}>
        {(given) => (
          <Part title={t('accounts.table')}>
            <Table title={t('accounts.table')} columns={columns} keyOf={(row) => row.name} none={t('app.nothing')} rows={[...given.accounts].sort((a, b) => byName(a.name, b.name))} />
            {may('accounts.manage') && <div class="buttons"><Button onClick={() => ask(stock)}>{t('accounts.stock_take')}</Button></div>}
          </Part>
        )}
      </Loaded>
      {mayManage() && <Create again={again} />}
      {managed.value && <Manage account={managed.value} close={() => void (managed.value = null)} again={again} ask={ask} />}
    </>
  );
}

function Sessions(): JSX.Element {
  const load = useLoad('sessions.list', {}, 10_000);
  const columns: Column<Schemas['OpenSession']>[] = [
    { title: t('accounts.name'), cell: (row) => row.account },
    { title: t('accounts.role'), cell: (row) => wordOf('role', row.role) },
    { title: t('accounts.from'), cell: (row) => row.source },
    { title: t('accounts.since'), cell: (row) => whenText(row.began, language.value) },
  ];
  const end = async (row: Schemas['OpenSession']): Promise<void> => {
    const done = await call('sessions.end', { path: { session: row.session } });
    if (done.ok) say(t('accounts.session_ended'));
    else load.problem.value = done.problem;
    await load.again();
  };
  if (may('accounts.manage'))
    columns.push({ title: t('connections.act'), isAction: true, cell: (row) => row.session !== session.value?.session &&
      <Button kind="danger" label={t('accounts.end_session_of', { name: row.account })} onClick={() => void end(row)}>{t('accounts.end_session')}</Button> });
  return (
    <Loaded load={load}>
      {(given) => <Part title={t('accounts.sessions_table')}><Table title={t('accounts.sessions_table')} columns={columns} rows={given.sessions} keyOf={(row) => row.session} none={t('app.nothing')} /></Part>}
    </Loaded>
  );
}

function Permissions(): JSX.Element {
  const load = useLoad('permissions.show', {});
  return (
    <Loaded load={load}>
      {(given) => (
        <Part title={t('accounts.permissions_table')}>
          <Table<Schemas['Permission']> title={t('accounts.permissions_table')} rows={given.operations} keyOf={(row) => row.operation} none={t('app.nothing')}
            columns={[
              { title: t('accounts.operation'), cell: (row) => wordOf('operation', row.operation) },
              ...given.roles.map(({ role }) => ({
                title: wordOf('role', role),
                cell: (row: Schemas['Permission']): JSX.Element => row.roles.includes(role)
                  ? <span class="yes" role="img" aria-label={t('accounts.allowed')}>○</span>
                  : <span class="no" role="img" aria-label={t('accounts.not_allowed')}>―</span>,
              })),
            ]} />
        </Part>
      )}
    </Loaded>
  );
}

export function AccountsPage(): JSX.Element {
  const question = useSignal<Question | null>(null);
  return (
    <>
      <Tabs views={[
        { title: t('accounts.tab_accounts'), show: () => <Accounts ask={(asked) => void (question.value = asked)} /> },
        { title: t('accounts.tab_sessions'), show: () => <Sessions /> },
        { title: t('accounts.tab_permissions'), show: () => <Permissions /> },
      ]} />
      <Ask question={question} />
      <Invitation />
    </>
  );
}
