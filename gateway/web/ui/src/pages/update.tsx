import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Form, TextField } from '../parts/form.tsx';
import { Loaded, Notice, Pairs, Part, type Mark } from '../parts/notice.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { may } from '../state/session.ts';
import { whenText } from '../text/format.ts';
import { t, type Key } from '../words/index.ts';
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
  const reason = useSignal(''), isTried = useSignal(false), isDone = useSignal(false);
  const errors = reason.value.trim() === '' ? [t('update.reason_missing')] : [];
  const action = useAction<[]>(async () => {
    isTried.value = true;
    if (errors.length > 0) return;
    const said = await call('update.restart', { body: { reason: reason.value.trim() } });
    isDone.value = said.ok;
    return said;
  });
  if (isDone.value) return <Notice mark="unknown" live><p>{t('update.restarting')}</p></Notice>;
  return (
    <Form action={action} errors={isTried.value ? errors : []} submit={t('update.restart')}>
      <p>{t('update.restart_help')}</p>
      <TextField label={t('update.reason')} value={reason} required plain most={128} help={t('update.reason_help')} />
    </Form>
  );
}

function Last({ given }: { given: Update }): JSX.Element {
  const { stage, of_slot: slot, because } = given;
  if (stage === undefined) return <p>{t('update.none')}</p>;
  return (
    <>
      <Notice mark={marks[stage] ?? 'unknown'} live>
        <p>{t(`update.stage.${stage}` as Key, { slot: slot ?? '' })}</p>
        {because !== undefined && <p>{t('update.because')}: <span lang="en">{because}</span></p>}
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
            [t('update.reason'), one.reason],
            [t('update.offered_until'), whenText(one.expires, language.value)],
            ['SHA-256', <code class="wraps">{one.image}</code>],
          ]} />
          <p><a href={hashOf('noc')}>{t('noc.orders')}</a></p>
        </Notice>
      ))}
    </>
  );
}

/** Which image the box runs, and what becomes of a new one (UPD-01). */
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
    </>
  );
}
