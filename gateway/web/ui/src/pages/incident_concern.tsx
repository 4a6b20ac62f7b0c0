import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Check, Form } from '../parts/form.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { t } from '../words/index.ts';

type Kind = Schemas['IncidentKind'];
type Picked = Signal<readonly string[]>;

export const usePicked = (): Picked => useSignal<readonly string[]>([]);
export const pick = (picked: Picked, one: string, on: boolean): void => void (picked.value = on ? [...picked.value, one] : picked.value.filter((other) => other !== one));

/** From which its clocks follow: services by their vendors' papers, kinds by the law. */
export function ConcernFields({ all, kinds, services, picked }: { all: readonly string[]; kinds: readonly Kind[]; services: Picked; picked: Picked }): JSX.Element {
  return (
    <>
      {all.length > 0 && (
        <fieldset>
          <legend>{t('incidents.services_pick')}</legend>
          <p class="help">{t('incidents.services_help')}</p>
          {all.map((one) => <Check key={one} label={one} on={services.value.includes(one)} change={(on) => pick(services, one, on)} />)}
        </fieldset>
      )}
      <fieldset>
        <legend>{t('incidents.kinds_pick')}</legend>
        <p class="help">{t('incidents.kinds_help')}</p>
        {kinds.map((one) => <Check key={one.kind} label={language.value === 'ja' ? one.japanese : one.english} on={picked.value.includes(one.kind)} change={(on) => pick(picked, one.kind, on)} />)}
      </fieldset>
    </>
  );
}

/** What became known of an incident that is open. */
export function ConcernForm({ number, again }: { number: number; again: () => void }): JSX.Element {
  const load = useLoad('incident.list', { query: { limit: 1 } }), services = usePicked(), kinds = usePicked(), isTried = useSignal(false);
  const isNothing = services.value.length + kinds.value.length === 0;
  const concern = useAction<[]>(async () => {
    isTried.value = true;
    if (isNothing) return;
    const done = await call('incident.concern', { path: { incident: number }, body: { services: services.value, kinds: kinds.value } });
    if (done.ok) isTried.value = false, services.value = [], kinds.value = [], say(t('incidents.concerned')), again();
    return done;
  });
  return (
    <details>
      <summary>{t('incidents.concern_do')}</summary>
      <Form action={concern} errors={isTried.value && isNothing ? [t('incidents.concern_none')] : []} submit={t('incidents.concern_do')}>
        <ConcernFields all={load.data.value?.services ?? []} kinds={load.data.value?.kinds ?? []} services={services} picked={kinds} />
      </Form>
    </details>
  );
}
