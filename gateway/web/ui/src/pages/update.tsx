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
import { whenText } from '../text/format.ts';
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

/** The image that waits is tried when somebody says so: all connections end. */
function Restart(): JSX.Element {
  const question = useSignal<Question | null>(null), isDone = useSignal(false);
  if (isDone.value) return <Notice mark="unknown" live><p>{t('update.restarting')}</p></Notice>;
  return (
    <div class="buttons">
      <Button kind="main" onClick={() => void (question.value = {
        title: t('update.restart'), what: <p>{t('update.restart_help')}</p>, submit: t('update.restart'), asks: reasonAsked(),
        act: (reason) => call('update.restart', { body: { reason } }), done: () => void (isDone.value = true),
      })}>{t('update.restart')}</Button>
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
      {stage === 'waiting' && !given.on_trial && may('update.install') && <Restart />}
    </>
  );
}

/** What the operations centre offers; nothing is done by that. */
function Offers(): JSX.Element {
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
      <Offers />
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
