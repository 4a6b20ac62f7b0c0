import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, reasonAsked, type Question } from '../parts/dialog.tsx';
import { Button } from '../parts/form.tsx';
import { Loaded, Notice, Pairs, Part, type Mark } from '../parts/notice.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { may } from '../state/session.ts';
import { octetsText, whenText } from '../text/format.ts';
import { objectionInJapanese } from '../text/image_words.ts';
import { t, type Key } from '../words/index.ts';
import { BoardPart } from './board.tsx';
import { DisposalPart } from './disposal.tsx';
import { useWaiting } from './noc_orders.tsx';

type Update = Schemas['Update'];
const pollEach = 5000;  // milliseconds
const marks: Readonly<Record<string, Mark>> = { installing: 'unknown', refused: 'bad', interrupted: 'warn', waiting: 'warn', kept: 'good', given_up: 'bad', lost: 'bad' };

function Running({ given }: { given: Update }): JSX.Element {
  return (
    <Part title={t('update.running')}>
      <Pairs rows={[
        given.version !== undefined && [t('update.version'), given.version],
        [t('update.built'), whenText(given.built, language.value)],
        given.slot !== undefined && [t('update.slot'), t('update.slot_named', { slot: given.slot })],
      ]} />
      {!given.appliance && <Notice mark="unknown"><p>{t('update.no_image')}</p></Notice>}
      {given.fallback === true && <Notice mark="bad" live><p>{t('update.fallback')}</p></Notice>}
      {given.on_trial && <Notice mark="warn" live><p>{t('update.on_trial')}</p></Notice>}
    </Part>
  );
}

/** What is done when somebody says so, with a reason. */
function Ordered({ order, help, done }: { order: 'update.restart' | 'update.install'; help: string; done: string }): JSX.Element {
  const question = useSignal<Question | null>(null), isDone = useSignal(false);
  if (isDone.value) return <Notice mark="unknown" live><p>{done}</p></Notice>;
  return (
    <div class="buttons">
      <Button kind="main" onClick={() => void (question.value = {
        title: t(order), what: <p>{help}</p>, submit: t(order), asks: reasonAsked(),
        act: (reason) => call(order, { body: { reason } }), done: () => void (isDone.value = true),
      })}>{t(order)}</Button>
      <Ask question={question} />
    </div>
  );
}

function Last({ given }: { given: Update }): JSX.Element {
  const { stage, of_slot: slot, because } = given;
  if (stage === undefined) return <p>{t('update.none')}</p>;
  const spoken = because !== undefined && language.value === 'ja' ? objectionInJapanese(because) : undefined;
  return (
    <>
      <Notice mark={marks[stage] ?? 'unknown'} live>
        <p>{t(`update.stage.${stage}` as Key, { slot: slot ?? '' })}</p>
        {because !== undefined && <p>{t('app.reason')}: {spoken ?? <span lang="en">{because}</span>}</p>}
      </Notice>
      {stage === 'waiting' && given.window !== undefined && <p>{t('update.window', { window: given.window })}</p>}
      {stage === 'waiting' && !given.on_trial && may('update.install') && <Ordered order="update.restart" help={t('update.restart_help')} done={t('update.restarting')} />}
    </>
  );
}

/** How far an image on offer was fetched; whole, it is installed when somebody says so: connections go on. */
function Fetched({ given }: { given: Update }): JSX.Element {
  const { fetch, image_here: here, image_size: size, window } = given;
  const isInstallable = fetch === 'whole' && given.stage !== 'installing' && !given.on_trial;
  return (
    <>
      <p role="status">{fetch === 'fetching' && size === undefined ? t('update.by_medium')
        : t(`update.fetch.${fetch ?? 'fetching'}` as Key, { here: octetsText(here ?? 0), size: octetsText(size ?? 0) })}</p>
      {isInstallable && window !== undefined && <p>{t('update.fetch.window', { window })}</p>}
      {isInstallable && may('update.install') && <Ordered order="update.install" help={t('update.install_help')} done={t('update.installing')} />}
    </>
  );
}

/** What the operations centre offers, the one that is fetched among it; nothing is done by that. */
function Offers({ given }: { given?: Update | undefined }): JSX.Element {
  return (
    <>
      {useWaiting('update').orders.map((one) => (
        <Notice key={one.order} mark="warn">
          <p>{t('update.offered', { version: one.version ?? '' })}</p>
          <Pairs rows={[
            [t('app.reason'), one.reason],
            [t('update.offered_until'), whenText(one.expires, language.value)],
            ['SHA-256', <code class="wraps">{one.image}</code>],
          ]} />
          {given !== undefined && given.image === one.image ? <Fetched given={given} /> : <p>{t('update.by_medium')}</p>}
          <p><a href={hashOf('noc')}>{t('noc.orders')}</a></p>
        </Notice>
      ))}
    </>
  );
}

/** Which image the box runs, what becomes of a new one (UPD-01), the board it stands on, and its end. */
export function UpdatePage(): JSX.Element {
  const load = useLoad('update.show', {}, pollEach);
  return (
    <>
      <p>{t('update.intro')}</p>
      <Offers given={load.data.value ?? undefined} />
      <Loaded load={load}>
        {(given) => (
          <>
            <Running given={given} />
            {given.appliance && <Part title={t('update.last')}><Last given={given} /></Part>}
          </>
        )}
      </Loaded>
      <BoardPart />
      <DisposalPart />
    </>
  );
}
