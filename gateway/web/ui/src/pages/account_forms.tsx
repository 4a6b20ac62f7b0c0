import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call, type Outcome } from '../api/client.ts';
import type { Operations, Schemas } from '../api/generated.ts';
import { Dialog, type Question } from '../parts/dialog.tsx';
import { Button, Form, SelectField, TextField } from '../parts/form.tsx';
import { Part, ProblemView } from '../parts/notice.tsx';
import { useAction } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { offerUndo } from '../state/undo.ts';
import { instantOf } from '../text/format.ts';
import { normalised } from '../text/input.ts';
import { t, type Key } from '../words/index.ts';
import { showInvitation } from './accounts.tsx';

type Role = Operations['accounts.create']['body']['role'];
/** NOC's comes with a certificate of its own; nobody creates it here. */
const managed: readonly Role[] = ['viewer', 'clinic_admin', 'auditor', 'maintainer', 'break_glass'], appointed: readonly Role[] = ['approver'];

/** Roles that somebody may give: approvers are appointed by approvers, except the first. */
export const rolesToGive = (): readonly Role[] => (may('accounts.manage') ? [...managed, ...appointed] : appointed);
const choicesOf = (roles: readonly Role[]): { value: string; label: string }[] => roles.map((role) => ({ value: role, label: t(`role.${role}`) }));

export function Create({ again }: { again: () => void }): JSX.Element {
  const name = useSignal(''), person = useSignal(''), role = useSignal<string>(rolesToGive()[0] ?? 'viewer'), ends = useSignal(''), isTried = useSignal(false);
  const missing = (given: string): string | undefined => (isTried.value && given.trim() === '' ? t('app.missing') : undefined);
  const errors = [missing(name.value) && `${t('accounts.name')}: ${t('app.missing')}`, missing(person.value) && `${t('accounts.person')}: ${t('app.missing')}`]
    .filter((error): error is string => Boolean(error));
  const create = useAction<[]>(async () => {
    isTried.value = true;
    if (name.value.trim() === '' || person.value.trim() === '') return;
    const end = instantOf(ends.value);
    const made = await call('accounts.create', { body: { name: normalised(name.value), person: person.value.trim(), role: role.value as Role, ...(end && { ends: end }) } });
    if (!made.ok) return made;
    name.value = person.value = ends.value = '';
    isTried.value = false;
    showInvitation(made.value);
    again();
    return made;
  });
  return (
    <Part title={t('accounts.create')}>
      <Form action={create} errors={errors} submit={t('accounts.create_do')}>
        <TextField label={t('accounts.name')} help={t('claim.name_help')} value={name} required error={missing(name.value)} most={63} />
        <TextField label={t('accounts.person')} value={person} required plain error={missing(person.value)} most={128} />
        <SelectField label={t('accounts.role')} value={role} choices={choicesOf(rolesToGive())} />
        <TextField label={t('accounts.ends')} help={t('accounts.ends_help')} value={ends} type="datetime-local" />
      </Form>
    </Part>
  );
}

type Act = readonly [label: Key, done: Key, danger: boolean, act: () => Promise<Outcome<unknown>>, undo?: readonly [done: Key, undo: () => Promise<Outcome<unknown>>]];

function actsFor(account: Schemas['Account']): readonly Act[] {
  const path = { name: account.name };
  const enable = (): Promise<Outcome<unknown>> => call('accounts.enable', { path, body: {} });
  const isLocked = account.locked_until !== undefined;
  return [
    ...(isLocked ? [['accounts.unlock', 'accounts.unlocked', false, () => call('accounts.unlock', { path })] as const] : []),
    account.state === 'disabled'
      ? ['accounts.enable', 'accounts.enabled', false, enable]
      : ['accounts.disable', 'accounts.disabled', true, () => call('accounts.disable', { path }), ['accounts.enabled', enable]],
    ...(may('accounts.manage') ? [['accounts.end_sessions', 'accounts.sessions_ended', true, () => call('accounts.sessions_end', { path })] as const] : []),
  ];
}

interface Props {
  readonly account: Schemas['Account'];
  readonly close: () => void;
  readonly again: () => void;
  readonly ask: (question: Question) => void;
}

function RoleForm({ account, close, again }: Props): JSX.Element {
  const role = useSignal(account.role), ends = useSignal('');
  const change = useAction<[]>(async () => {
    const end = instantOf(ends.value);
    const done = await call('accounts.role', { path: { name: account.name }, body: { role: role.value as Role, ...(end && { ends: end }) } });
    if (done.ok) close(), say(t('accounts.role_changed', { name: account.name })), again();
    return done;
  });
  const roles = rolesToGive().includes(account.role as Role) ? rolesToGive() : [account.role as Role, ...rolesToGive()];
  return (
    <Form action={change} submit={t('accounts.change_role')} kind="plain">
      <SelectField label={t('accounts.role')} value={role} choices={choicesOf(roles)} />
      {role.value === 'maintainer' && <TextField label={t('accounts.ends')} help={t('accounts.ends_help')} value={ends} type="datetime-local" />}
    </Form>
  );
}

export function Manage(props: Props): JSX.Element {
  const { account, close, again, ask } = props, { name } = account;
  const tell = (words: Key): void => (say(t(words, { name })), again());
  const act = useAction<[Act]>(async ([, done, , carryOut, back]) => {
    const outcome = await carryOut();
    if (!outcome.ok) return outcome;
    close(), again();
    if (!back) say(t(done, { name }));
    else offerUndo(t(done, { name }), async () => {
      const undone = await back[1]();
      if (undone.ok) tell(back[0]);
      return undone;
    });
    return outcome;
  });
  const reset: Question = {
    title: t('accounts.reset_title', { name }), what: <p>{t('accounts.reset_help')}</p>, submit: t('accounts.reset'), danger: true, word: name,
    act: async () => {
      const made = await call('accounts.reset', { path: { name } });
      if (made.ok) showInvitation(made.value), again();
      return made;
    },
  };
  return (
    <Dialog title={t('accounts.manage_of', { name })} close={close}>
      <ProblemView problem={act.problem.value} />
      <RoleForm {...props} />
      <div class="buttons">
        {actsFor(account).map((one) => <Button key={one[0]} kind={one[2] ? 'danger' : 'plain'} busy={act.isBusy.value} onClick={() => void act.run(one)}>{t(one[0])}</Button>)}
      </div>
      <p class="help">{t('accounts.reset_help')}</p>
      <div class="buttons"><Button kind="danger" onClick={() => (close(), ask(reset))}>{t('accounts.reset')}</Button></div>
      <div class="buttons"><Button onClick={close}>{t('app.close')}</Button></div>
    </Dialog>
  );
}
