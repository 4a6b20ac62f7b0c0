import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, reasonAsked, type Question } from '../parts/dialog.tsx';
import { Button, Form, SelectField, TextField } from '../parts/form.tsx';
import { Loaded, Notice, Part } from '../parts/notice.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { useAction, useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { offerUndo } from '../state/undo.ts';
import { byName } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';

type Cut = Schemas['Cut'];
const pollEach = 10_000;  // milliseconds
const kinds = ['terminal', 'service', 'tenant', 'source', 'everything'] as const;
const needsTenant = (what: string): boolean => ['tenant', 'service', 'terminal'].includes(what);
const needsName = (what: string): boolean => ['service', 'terminal', 'source'].includes(what);

export const cutText = (cut: Cut): string =>
  [wordOf('cut', cut.what), [cut.tenant, cut.name].filter(Boolean).join('/')].filter((part) => part !== '').join(' ');
const bodyOf = (cut: Cut, reason: string): { what: string; tenant?: string; name?: string; reason: string } =>
  ({ what: cut.what, ...(cut.tenant && { tenant: cut.tenant }), ...(cut.name && { name: cut.name }), reason });

/** Asked before something is cut off; it can be taken back for a while. */
export function making(cut: Cut, again: () => void): Question {
  const what = cutText(cut);
  return {
    title: t('cuts.do_title'), what: <p>{t('cuts.do_what', { what })}</p>, submit: t('cuts.do'), danger: true, asks: reasonAsked(),
    ...(cut.what === 'everything' && { word: t('cuts.word_all') }),
    act: (reason) => call('cuts.make', { body: bodyOf(cut, reason) }),
    done: () => {
      again();
      if (!may('restore')) return say(t('cuts.made', { what }));
      offerUndo(t('cuts.made', { what }), async () => {
        const done = await call('cuts.undo', { body: bodyOf(cut, t('terminals.undone')) });
        if (done.ok) say(t('cuts.undone', { what })), again();
        return done;
      });
    },
  };
}

function undoing(cut: Cut, again: () => void): Question {
  const what = cutText(cut);
  return {
    title: t('cuts.undo_title'), what: <p>{t('cuts.undo_what', { what })}</p>, submit: t('cuts.undo'), asks: reasonAsked(),
    act: (reason) => call('cuts.undo', { body: bodyOf(cut, reason) }),
    done: () => (say(t('cuts.undone', { what })), again()),
  };
}

/** What there is to be cut off, so that nobody has to know how it is written. */
export function choicesOf(terminals: readonly Schemas['Terminal'][], rules: readonly Schemas['Rule'][], what: string, tenant: string): { readonly tenants: readonly string[]; readonly names: readonly string[] } {
  const inOrder = (names: readonly string[]): readonly string[] => [...new Set(names)].sort(byName);
  const isWithin = (row: { readonly tenant: string }): boolean => tenant === '' || row.tenant === tenant;
  const names: Readonly<Record<string, readonly string[]>> = {
    terminal: terminals.filter(isWithin).map((row) => row.terminal), service: rules.filter(isWithin).map((row) => row.service) };
  return { tenants: inOrder([...terminals, ...rules].map((row) => row.tenant)), names: inOrder(names[what] ?? []) };
}

function NewCut({ ask }: { ask: (cut: Cut) => void }): JSX.Element {
  const what = useSignal<string>('terminal'), tenant = useSignal(''), name = useSignal(''), isTried = useSignal(false);
  const terminals = useLoad('terminals.list', {}), rules = useLoad('rules.list', {});
  const { tenants, names } = choicesOf(terminals.data.value?.terminals ?? [], rules.data.value?.rules ?? [], what.value, tenant.value);
  const missing = (isNeeded: boolean, given: string): string | undefined => (isTried.value && isNeeded && given === '' ? t('app.missing') : undefined);
  const noTenant = missing(needsTenant(what.value), tenant.value), noName = missing(needsName(what.value), name.value);
  const errors = [noTenant && `${t('connections.tenant')}: ${noTenant}`, noName && `${t('cuts.name')}: ${noName}`].filter((one): one is string => Boolean(one));
  const action = useAction<[]>(async () => {
    isTried.value = true;
    if ((needsTenant(what.value) && tenant.value === '') || (needsName(what.value) && name.value === '')) return;
    ask({ what: what.value, ...(needsTenant(what.value) && { tenant: tenant.value }), ...(needsName(what.value) && { name: name.value }) });
  });
  return (
    <Form action={action} errors={errors} submit={t('cuts.do')} kind="danger">
      <SelectField label={t('cuts.what')} value={what} choices={kinds.map((kind) => ({ value: kind, label: t(`cut.${kind}`) }))} />
      {needsTenant(what.value) && <TextField label={t('connections.tenant')} help={t('cuts.tenant_help')} value={tenant} required error={noTenant} most={63} choices={tenants} />}
      {needsName(what.value) && <TextField label={t('cuts.name')} help={t(what.value === 'source' ? 'cuts.source_help' : 'cuts.name_help')} value={name} required error={noName} most={63} choices={names} />}
    </Form>
  );
}

export function CutsPage(): JSX.Element {
  const load = useLoad('box.status', {}, pollEach), question = useSignal<Question | null>(null);
  const again = (): void => void load.again();
  const columns: Column<Cut>[] = [
    { title: t('cuts.what'), cell: (cut) => wordOf('cut', cut.what) },
    { title: t('cuts.which'), cell: (cut) => [cut.tenant, cut.name].filter(Boolean).join('/') },
  ];
  if (may('restore'))
    columns.push({
      title: t('connections.act'), isAction: true,
      cell: (cut) => cut.what !== 'certificates' &&
        <Button label={t('cuts.undo_of', { what: cutText(cut) })} onClick={() => void (question.value = undoing(cut, again))}>{t('cuts.undo')}</Button>,
    });
  return (
    <>
      <p>{t('cuts.intro')}</p>
      <Loaded load={load}>
        {(status) => (
          <Part title={t('cuts.table')}>
            {status.cuts.length > 0 && <Notice mark="warn"><p>{t('overview.cuts', { n: status.cuts.length })}</p></Notice>}
            <Table title={t('cuts.table')} columns={columns} rows={status.cuts} keyOf={(cut) => JSON.stringify(cut)} none={t('cuts.none')} />
          </Part>
        )}
      </Loaded>
      {may('cut') && <Part title={t('cuts.new')}><NewCut ask={(cut) => void (question.value = making(cut, again))} /></Part>}
      <Ask question={question} />
    </>
  );
}
