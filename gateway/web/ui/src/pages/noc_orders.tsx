import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, reasonAsked, type Question } from '../parts/dialog.tsx';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Pairs, Part, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { spoken, whenText } from '../text/format.ts';
import { outcomeInWords, revocationInWords } from '../text/order_words.ts';
import { t, wordOf } from '../words/index.ts';

export type Order = Schemas['NocOrder'];
const pollEach = 5_000;  // milliseconds
const marks: Readonly<Record<string, Mark>> = { done: 'good', waits: 'warn', failed: 'bad' };
const centre = 'operations centre';  // as the box calls it among those who do something

/** Where somebody of the clinic looks at what waits, and consents. */
function placeOfConsent(order: Order): string | undefined {
  if (order.kind === 'change' && order.change !== undefined) return hashOf('changes', order.change);
  return { bundle: hashOf('support'), update: hashOf('update') }[order.kind];
}

function about(order: Order): string | undefined {
  if (order.version !== undefined) return t('noc.order_image', { version: order.version, sha256: order.image ?? '' });
  if (order.scopes !== undefined) return t('noc.order_hours', { hours: order.hours ?? 0, scopes: order.scopes.map((one) => wordOf('scope', one)).join(', ') });
  return order.what === undefined ? undefined : revocationInWords(order.what);
}

function About({ order }: { order: Order }): JSX.Element {
  const what = about(order);
  return <>{wordOf('noc_order', order.kind)}{what !== undefined && <><br /><span class="wraps">{what}</span></>}<br /><span class="wraps">{order.reason}</span></>;
}

function State({ order }: { order: Order }): JSX.Element {
  return <><MarkView mark={marks[order.state] ?? 'unknown'} words={wordOf('noc_order_state', order.state)} />{order.outcome !== undefined && <><br /><span class="wraps">{outcomeInWords(order.outcome)}</span></>}</>;
}

/** Asks for the reason and declines one. */
export function declineQuestion(order: Order, again: () => void): Question {
  return {
    title: t('noc.order_decline_of', { order: order.order }), what: <p>{t('noc.order_decline_what')}</p>, submit: t('noc.order_decline'), danger: true, asks: reasonAsked(),
    act: (reason: string) => call('noc.decline', { path: { order: order.order }, body: { reason } }),
    done: () => (say(t('noc.order_declined', { order: order.order })), again()),
  };
}

function Orders({ orders, again }: { orders: readonly Order[]; again: () => void }): JSX.Element {
  const asked = useSignal<Question | null>(null);
  const act = (order: Order): JSX.Element | null => {
    const place = placeOfConsent(order);
    if (order.state !== 'waits' || place === undefined) return null;
    return (
      <>
        <a class="button" href={place} aria-label={t('noc.order_go_to', { order: order.order })}>{t('noc.order_go')}</a>
        {may('config.confirm') && <Button kind="danger" label={t('noc.order_decline_of', { order: order.order })} onClick={() => void (asked.value = declineQuestion(order, again))}>{t('noc.order_decline')}</Button>}
      </>
    );
  };
  return (
    <>
      <Ask question={asked} />
      <Table<Order> title={t('noc.orders')} none={t('noc.orders_none')} keyOf={(row) => row.order} rows={orders}
        columns={[
          { title: t('noc.order'), cell: (row) => <code class="wraps">{row.order}</code> },
          { title: t('noc.order_about'), cell: (row) => <About order={row} /> },
          { title: t('noc.order_state'), cell: (row) => <State order={row} /> },
          { title: t('noc.order_by'), cell: (row) => (row.by === centre ? t('noc.order_centre') : row.by ?? '—') },
          { title: t('noc.order_taken'), cell: (row) => whenText(row.taken, language.value) },
          { title: t('noc.order_until'), cell: (row) => whenText(row.expires, language.value) },
          { title: t('backups.act'), cell: act, isAction: true },
        ]} />
    </>
  );
}

/** What the operations centre has ordered, what became of it, and who consented. */
export function NocOrders(): JSX.Element {
  const load = useLoad('noc.orders', {}, pollEach);
  return (
    <Part title={t('noc.orders')}>
      <p>{t('noc.orders_intro')}</p>
      <Loaded load={load}>
        {(given) => (
          <>
            {!given.accepts && <Notice mark="unknown"><p>{t('noc.orders_off')}</p></Notice>}
            {given.signer !== undefined && <Pairs rows={[[t('noc.signer'), <code>{spoken(given.signer)}</code>]]} />}
            <Orders orders={given.orders} again={() => void load.again()} />
          </>
        )}
      </Loaded>
    </Part>
  );
}

/** Those of a kind that wait, on the page where the clinic decides. */
export function useWaiting(kind: string): { orders: readonly Order[]; again: () => void } {
  const load = useLoad('noc.orders', {}, pollEach);
  return { orders: (load.data.value?.orders ?? []).filter((one) => one.kind === kind && one.state === 'waits'), again: () => void load.again() };
}
