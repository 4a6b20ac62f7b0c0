import { signal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Copied } from '../parts/code.tsx';
import { Dialog, reasonAsked, type Question } from '../parts/dialog.tsx';
import { Button } from '../parts/form.tsx';
import { Qr } from '../parts/qr.tsx';
import { language } from '../state/language.ts';
import { spoken, whenText } from '../text/format.ts';
import { t } from '../words/index.ts';

/** Shown once, and forgotten with the dialogue. */
const ticket = signal<Schemas['EnrolmentTicket'] | null>(null);

export function inviting(tenant: string, terminal: string): Question {
  return {
    title: t('terminals.enrol_title', { terminal }), what: <p>{t('terminals.enrol_what')}</p>, submit: t('terminals.enrol_do'), asks: reasonAsked(),
    act: async (reason) => {
      const made = await call('terminals.invite', { path: { tenant, terminal }, body: { reason } });
      if (made.ok) ticket.value = made.value;
      return made;
    },
  };
}

/** As on the sheet of `sekisho terminal ticket`: what a terminal's scanner reads. */
const scanned = (given: Schemas['EnrolmentTicket']): string => ['EST', given.place, given.terminal, given.code].join('\n');

function Label({ given }: { given: Schemas['EnrolmentTicket'] }): JSX.Element {
  return (
    <div class="label">
      <Qr text={scanned(given)} label={t('ticket.qr')} />
      <dl class="pairs">
        <dt>{t('connections.terminal')}</dt><dd>{`${given.tenant}/${given.terminal}`}</dd>
        <dt>{t('ticket.place')}</dt><dd><code>{given.place}</code></dd>
        <dt>{t('ticket.name')}</dt><dd><code>{given.terminal}</code></dd>
        <dt>{t('ticket.code')}</dt><dd><Copied text={given.code} label={t('ticket.code')} /></dd>
        <dt>{t('ticket.until')}</dt><dd>{whenText(given.until, language.value)}</dd>
        <dt>{t('ticket.authority')}</dt><dd><code>{spoken(given.authority)}</code></dd>
      </dl>
      <ol>
        <li>{t('ticket.type_it')}</li>
        <li>{t('ticket.compare')}</li>
        <li>{t('ticket.shred')}</li>
      </ol>
    </div>
  );
}

export function Ticket(): JSX.Element | null {
  const given = ticket.value;
  if (given === null) return null;
  const close = (): void => void (ticket.value = null);
  return (
    <Dialog title={t('ticket.title', { terminal: given.terminal })} close={close}>
      <p class="once">{t('ticket.once')}</p>
      <Label given={given} />
      <div class="buttons">
        <Button onClick={() => print()}>{t('enrol.print')}</Button>
        <Button kind="main" onClick={close}>{t('ticket.kept')}</Button>
      </div>
    </Dialog>
  );
}
