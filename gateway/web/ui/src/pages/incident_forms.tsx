import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import { Form, SelectField, TextField } from '../parts/form.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { instantOf, localText } from '../text/format.ts';
import { t } from '../words/index.ts';

interface Of {
  readonly number: number;
  readonly again: () => void;
}

/** When it occurred or was detected; said again it is corrected. */
export function StateForm({ number, again }: Of): JSX.Element {
  const moment = useSignal('detected'), at = useSignal(localText(Date.now())), learnt = useSignal(''), source = useSignal(''), isTried = useSignal(false);
  const when = instantOf(at.value), isUnsaid = source.value.trim() === '';
  const errors = [...(when === undefined ? [`${t('incidents.at')}: ${t('app.missing')}`] : []), ...(isUnsaid ? [`${t('incidents.source')}: ${t('app.missing')}`] : [])];
  const state = useAction<[]>(async () => {
    isTried.value = true;
    if (when === undefined || isUnsaid) return;
    const known = instantOf(learnt.value);
    const done = await call('incident.state', { path: { incident: number }, body: { moment: moment.value, at: when, ...(known !== undefined && { learnt: known }), source: source.value.trim() } });
    if (done.ok) isTried.value = false, source.value = '', say(t('incidents.stated')), again();
    return done;
  });
  const wrong = (is: boolean): string | undefined => (isTried.value && is ? t('app.missing') : undefined);
  return (
    <details>
      <summary>{t('incidents.state_do')}</summary>
      <Form action={state} errors={isTried.value ? errors : []} submit={t('incidents.state_do')}>
        <SelectField label={t('incidents.moment')} value={moment} choices={[{ value: 'occurred', label: t('incidents.occurred') }, { value: 'detected', label: t('incidents.detected') }]} />
        <TextField label={t('incidents.at')} value={at} required type="datetime-local" error={wrong(when === undefined)} />
        <TextField label={t('incidents.source')} value={source} required plain error={wrong(isUnsaid)} />
        <TextField label={t('incidents.learnt')} help={t('incidents.learnt_help')} value={learnt} type="datetime-local" />
      </Form>
    </details>
  );
}

/** One more clock that applies. */
export function RunForm({ number, again }: Of): JSX.Element {
  const load = useLoad('incident.list', { query: { limit: 1 } }), clock = useSignal(''), reason = useSignal(''), isTried = useSignal(false);
  const rules = load.data.value?.rules ?? [], isUnsaid = reason.value.trim() === '';
  const run = useAction<[]>(async () => {
    isTried.value = true;
    if (isUnsaid) return;
    const done = await call('incident.run', { path: { incident: number }, body: { clock: clock.value || (rules[0]?.clock ?? ''), runs: true, reason: reason.value.trim() } });
    if (done.ok) isTried.value = false, reason.value = '', say(t('incidents.ran')), again();
    return done;
  });
  const error = isTried.value && isUnsaid ? t('app.missing') : undefined;
  return (
    <details>
      <summary>{t('incidents.run_do')}</summary>
      <Form action={run} errors={error ? [`${t('app.reason')}: ${error}`] : []} submit={t('incidents.run_do')}>
        <SelectField label={t('incidents.run_which')} value={clock} choices={rules.map((one) => ({ value: one.clock, label: language.value === 'ja' ? one.japanese : one.english }))} />
        <TextField label={t('app.reason')} value={reason} required plain error={error} />
      </Form>
    </details>
  );
}
