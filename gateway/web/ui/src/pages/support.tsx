import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { call, placeOf } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, type Question } from '../parts/dialog.tsx';
import { Button, Check, Form, SelectField } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Pairs, Part, ProblemView, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { octetsText, whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';
import { NoRecipients } from './no_recipients.tsx';
import { useWaiting, type Order } from './noc_orders.tsx';
import { LookDialog, Meanings, type Looked } from './support_file.tsx';

type Bundle = Schemas['Bundle'];
type File = Schemas['BundleFile'];
const pollEach = 2000;  // milliseconds
const spans = [[24, 'support.hours_24'], [72, 'support.hours_72'], [168, 'support.hours_168'], [720, 'support.hours_720']] as const;  // hours
const marks: Readonly<Record<string, Mark>> = { done: 'good', failed: 'warn' };

function MakeForm({ scopes, again }: { scopes: readonly string[]; again: () => void }): JSX.Element {
  const left = useSignal<readonly string[]>([]), hours = useSignal(String(spans[0][0])), strict = useSignal(false), isTried = useSignal(false);
  const picked = scopes.filter((one) => !left.value.includes(one));
  const action = useAction<[]>(async () => {
    isTried.value = true;
    if (picked.length === 0) return;
    const made = await call('bundles.make', { body: { scope: picked, hours: Number(hours.value), strict: strict.value } });
    if (made.ok) say(t('support.begun', { n: made.value.bundle })), again();
    return made;
  });
  const pick = (scope: string, on: boolean): void => void (left.value = on ? left.value.filter((one) => one !== scope) : [...left.value, scope]);
  return (
    <Part title={t('support.make')}>
      <Form action={action} errors={isTried.value && picked.length === 0 ? [t('support.pick_scope')] : []} submit={t('support.start')}>
        <fieldset>
          <legend>{t('support.scope')}<span class="required">{t('app.required')}</span></legend>
          {scopes.map((scope) => <Check key={scope} label={wordOf('scope', scope)} on={picked.includes(scope)} change={(on) => pick(scope, on)} />)}
        </fieldset>
        <SelectField label={t('support.hours')} value={hours} choices={spans.map(([value, key]) => ({ value: String(value), label: t(key) }))} />
        <Check label={t('support.strict')} on={strict.value} change={(on) => void (strict.value = on)} />
      </Form>
    </Part>
  );
}

function Standing({ given }: { given: Bundle }): JSX.Element {
  const done = given.files.filter((one) => one.state === 'done' || one.state === 'failed').length;
  if (given.state === 'failed') return <Notice mark="bad" live><p>{t('support.failed')} <code>{given.problem}</code></p></Notice>;
  if (given.state === 'ready') return <Notice mark="good" live><p>{t('support.ready')}</p></Notice>;
  return <Notice mark="unknown" live><p>{t('support.collecting', { done, all: given.files.length })}</p><progress value={done} max={given.files.length} aria-label={t('support.title', { n: given.bundle })} /></Notice>;
}

function Facts({ given }: { given: Bundle }): JSX.Element {
  return (
    <Pairs rows={[
      given.until !== undefined && [t('support.until'), whenText(given.until, language.value)],
      [t('support.by'), given.by],
      given.strict !== undefined && [t('support.mode'), t(given.strict ? 'support.mode_strict' : 'support.mode_ordinary')],
      given.size !== undefined && [t('support.size'), octetsText(given.size)],
      given.sha256 !== undefined && ['SHA-256', <code>{given.sha256}</code>],
    ]} />
  );
}

function OneBundle({ given, looked, asked, again }: { given: Bundle; looked: Signal<Looked | null>; asked: Signal<Question | null>; again: () => void }): JSX.Element {
  const n = given.bundle, isReady = given.state === 'ready';
  const gone = (words: string) => (): void => (say(words), again());
  const remove = (): void => void (asked.value = { title: t('support.remove_of', { n }), what: <p>{t('support.remove_what')}</p>, submit: t('support.remove'), danger: true, word: String(n),
    act: () => call('bundles.remove', { path: { bundle: n } }), done: gone(t('support.removed', { n })) });
  const stop = useAction<[]>(async () => {
    const done = await call('bundles.remove', { path: { bundle: n } });
    if (done.ok) gone(t('support.cancelled'))();
    return done;
  });
  const act = (row: File): JSX.Element | null => (isReady && row.state === 'done'
    ? <Button label={t('support.look_of', { file: row.file })} onClick={() => void (looked.value = { bundle: n, file: row.file })}>{t('support.look')}</Button> : null);
  return (
    <Part title={t('support.title', { n })}>
      <Standing given={given} />
      <Facts given={given} />
      <div class="buttons">
        {isReady && <a class="button main" download href={placeOf('bundles.download', { bundle: n })} aria-label={t('support.download_of', { n })}>{t('support.download')}</a>}
        {given.state === 'collecting' ? <Button busy={stop.isBusy.value} onClick={() => void stop.run()}>{t('support.cancel')}</Button>
          : <Button kind="danger" label={t('support.remove_of', { n })} onClick={remove}>{t('support.remove')}</Button>}
      </div>
      {given.files.length > 0 && (
        <Table<File> title={t('support.files', { n })} rows={given.files} keyOf={(row) => row.file} none={t('support.none')}
          columns={[
            { title: t('backups.file'), cell: (row) => <code>{row.file}</code> },
            { title: t('support.state'), cell: (row) => <><MarkView mark={marks[row.state] ?? 'unknown'} words={wordOf('support.state', row.state)} />{row.problem !== undefined && <> <code>{row.problem}</code></>}</> },
            { title: t('support.size'), cell: (row) => octetsText(row.size), isNumber: true },
            { title: t('backups.act'), cell: act, isAction: true },
          ]} />
      )}
      {isReady && may('accounts.read') && <Meanings bundle={n} />}
    </Part>
  );
}

/** The operations centre asks for one. Whoever consents makes it here, and hands it over as any other. */
function Wanted({ order, again }: { order: Order; again: () => void }): JSX.Element {
  const make = useAction<[]>(async () => {
    const made = await call('bundles.make', { body: { scope: [...(order.scopes ?? [])], hours: order.hours ?? 24, order: order.order } });
    if (made.ok) say(t('support.begun', { n: made.value.bundle })), again();
    return made;
  });
  return (
    <Notice mark="warn">
      <p>{t('support.wanted')}</p>
      <Pairs rows={[
        [t('support.wanted_why'), order.reason],
        [t('support.scope'), (order.scopes ?? []).map((one) => wordOf('scope', one)).join(', ')],
        [t('support.hours'), t('support.wanted_hours', { hours: order.hours ?? 24 })],
      ]} />
      <ProblemView problem={make.problem.value} />
      {may('config.confirm') && <div class="buttons"><Button label={t('support.wanted_make_of', { order: order.order })} busy={make.isBusy.value} onClick={() => void make.run()}>{t('support.wanted_make')}</Button></div>}
      <p><a href={hashOf('noc')}>{t('noc.orders')}</a></p>
    </Notice>
  );
}

export function SupportPage(): JSX.Element {
  const waiting = useWaiting('bundle');
  const load = useLoad('bundles.list', {}, pollEach), looked = useSignal<Looked | null>(null), asked = useSignal<Question | null>(null);
  const again = (): void => void load.again();
  return (
    <>
      <p>{t('support.intro')}</p>
      <Ask question={asked} />
      <LookDialog looked={looked} />
      {waiting.orders.map((one) => <Wanted key={one.order} order={one} again={() => (again(), waiting.again())} />)}
      <Loaded load={load}>
        {(given) => (
          <>
            {given.recipients.length === 0 ? <NoRecipients />
              : <><p>{t('support.recipients', { names: given.recipients.join(', ') })}</p><MakeForm scopes={given.scopes} again={again} /></>}
            {given.bundles.length === 0 && <Part title={t('support.table')}><p class="none">{t('support.none')}</p></Part>}
            {[...given.bundles].reverse().map((one) => <OneBundle key={one.bundle} given={one} looked={looked} asked={asked} again={again} />)}
          </>
        )}
      </Loaded>
    </>
  );
}
