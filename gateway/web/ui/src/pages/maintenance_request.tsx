import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import { Check, Form, TextField } from '../parts/form.tsx';
import { Part } from '../parts/notice.tsx';
import { useAction } from '../state/load.ts';
import { say } from '../state/said.ts';
import { instantOf, localText } from '../text/format.ts';
import { normalised } from '../text/input.ts';
import { t, type Key } from '../words/index.ts';

/** As gateway/maintenance/works.def has them; a test compares them. */
export const works = ['status.read', 'sessions.read', 'config.read', 'history.read', 'config.stage', 'config.apply', 'config.roll_back', 'update.install',
  'bundle.make', 'diagnosis.run', 'device.connect'] as const;
const hour = 3_600_000;  // milliseconds
const mostWords = 512;

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

interface Draft {
  readonly vendor: string;
  readonly device: string;
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly ticket: string;
  readonly allowed: readonly string[];
  readonly plan: string;
}

/** Labels of what is missing. */
export function missingIn(draft: Draft): Key[] {
  const found: Key[] = [];
  if (draft.vendor === '') found.push('maintenance.vendor');
  if (instantOf(draft.from) === undefined) found.push('maintenance.from');
  if (instantOf(draft.until) === undefined) found.push('maintenance.until');
  if (draft.reason.trim() === '') found.push('app.reason');
  if (linesOf(draft.plan).length === 0) found.push('maintenance.plan');
  return found;
}

function ask(draft: Draft): ReturnType<typeof call<'maintenance.request'>> {
  return call('maintenance.request', { body: {
    vendor: normalised(draft.vendor), ...(draft.device !== '' && { device: normalised(draft.device) }), from: instantOf(draft.from) ?? '', until: instantOf(draft.until) ?? '',
    reason: draft.reason.trim(), ...(draft.ticket !== '' && { ticket: draft.ticket }), allowed: draft.allowed, plan: linesOf(draft.plan) } });
}

export function RequestForm({ again }: { again: () => void }): JSX.Element {
  const vendor = useSignal(''), device = useSignal(''), reason = useSignal(''), ticket = useSignal(''), plan = useSignal('');
  const from = useSignal(localText(Date.now())), until = useSignal(localText(Date.now() + hour)), allowed = useSignal<readonly string[]>([]);
  const isTried = useSignal(false);
  const draft = (): Draft => ({ vendor: vendor.value, device: device.value, from: from.value, until: until.value, reason: reason.value, ticket: ticket.value,
    allowed: allowed.value, plan: plan.value });
  const missing = missingIn(draft());
  const errors = [...missing.map((key) => `${t(key)}: ${t('app.missing')}`), ...(allowed.value.length === 0 ? [t('maintenance.pick_work')] : [])];
  const wrong = (key: Key): string | undefined => (isTried.value && missing.includes(key) ? t('app.missing') : undefined);
  const action = useAction<[]>(async () => {
    isTried.value = true;
    if (errors.length > 0) return;
    const made = await ask(draft());
    if (made.ok) say(t('maintenance.requested', { n: made.value.maintenance })), again();
    return made;
  });
  const pick = (work: string, on: boolean): void => void (allowed.value = on ? [...allowed.value, work] : allowed.value.filter((one) => one !== work));
  return (
    <Part title={t('maintenance.request')}>
      <Form action={action} errors={isTried.value ? errors : []} submit={t('maintenance.request_do')}>
        <TextField label={t('maintenance.vendor')} help={t('maintenance.vendor_help')} value={vendor} required error={wrong('maintenance.vendor')} most={63} />
        <TextField label={t('maintenance.device')} help={t('maintenance.device_help')} value={device} most={63} />
        <TextField label={t('maintenance.from')} value={from} required type="datetime-local" error={wrong('maintenance.from')} />
        <TextField label={t('maintenance.until')} value={until} required type="datetime-local" error={wrong('maintenance.until')} />
        <TextField label={t('app.reason')} help={t('app.reason_help')} value={reason} required plain error={wrong('app.reason')} most={mostWords} />
        <TextField label={t('maintenance.ticket')} value={ticket} most={64} />
        <fieldset>
          <legend>{t('maintenance.allowed')}<span class="required">{t('app.required')}</span></legend>
          {works.map((work) => <Check key={work} label={t(`work.${work}`)} on={allowed.value.includes(work)} change={(on) => pick(work, on)} />)}
        </fieldset>
        <TextField label={t('maintenance.plan')} help={t('maintenance.plan_help')} value={plan} required plain lines={5} error={wrong('maintenance.plan')} most={25_000} />
      </Form>
    </Part>
  );
}
