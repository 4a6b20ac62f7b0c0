import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import { Copied } from '../parts/code.tsx';
import { reasonAsked, type Question } from '../parts/dialog.tsx';
import { Button, Form, SelectField, TextField } from '../parts/form.tsx';
import { Notice, ProblemView } from '../parts/notice.tsx';
import { useAction } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may, now } from '../state/session.ts';
import { confirmation } from '../state/token.ts';
import { clockText } from '../text/format.ts';
import { withoutBlanks } from '../text/input.ts';
import { t, type Key } from '../words/index.ts';
import { withins, type Full } from './change.tsx';

interface Props {
  readonly change: Full;
  readonly again: () => void;
  readonly ask: (question: Question) => void;
  readonly reached: boolean;
}

const busy: Readonly<Record<string, Key>> = { applying: 'change.applying', confirming: 'change.confirming', rolling_back: 'change.rolling_back' };

function rollingBack(again: () => void): Question {
  return {
    title: t('change.roll_back_title'), what: <p>{t('change.roll_back_what')}</p>, submit: t('change.roll_back'), danger: true, asks: reasonAsked(),
    act: (reason) => call('change.roll_back', { body: { reason } }), done: again,
  };
}

/** Of the box's clock as the browser's has it; a browser that goes wrong by minutes shows that here, and nothing else of it. */
function Countdown({ deadline }: { deadline: string | undefined }): JSX.Element | null {
  if (deadline === undefined) return null;
  return <p>{t('change.countdown')} <span class="countdown" role="timer">{clockText((Date.parse(deadline) - now.value) / 1000)}</span></p>;
}

function Extend({ again }: { again: () => void }): JSX.Element {
  const within = useSignal('300');
  const extend = useAction<[]>(async () => {
    const done = await call('change.extend', { body: { within: Number(within.value) } });
    if (done.ok) say(t('change.extended', { n: Number(within.value) / 60 })), again();
    return done;
  });
  return (
    <Form action={extend} submit={t('change.extend')} kind="plain">
      <SelectField label={t('change.within')} value={within} choices={withins.map((seconds) => ({ value: String(seconds), label: t('change.minutes', { n: seconds / 60 }) }))} />
    </Form>
  );
}

/** The token is in this page's memory, or was noted down by somebody; it goes nowhere but into this one call. */
function Confirm({ change, again, reached }: Props): JSX.Element {
  const held = confirmation.value?.change === change.change ? confirmation.value.token : null, typed = useSignal('');
  const confirm = useAction<[]>(async () => {
    const done = await call('change.confirm', { body: { token: held ?? withoutBlanks(typed.value) } });
    if (done.ok) confirmation.value = null, again();
    return done;
  });
  if (held === null)
    return (
      <>
        <Notice mark="warn"><p>{t('change.no_token')}</p><p>{t('change.no_token_do')}</p></Notice>
        <Form action={confirm} submit={t('change.confirm')} kind="plain" errors={[]}>
          <TextField label={t('change.token')} value={typed} most={128} />
        </Form>
      </>
    );
  return (
    <>
      <ProblemView problem={confirm.problem.value} />
      <div class="buttons"><Button kind="main" disabled={!reached} busy={confirm.isBusy.value} onClick={() => void confirm.run()}>{t('change.confirm')}</Button></div>
      <details>
        <summary>{t('change.token_show')}</summary>
        <p class="help">{t('change.token_help')}</p>
        <Copied text={held} label={t('change.token')} />
      </details>
    </>
  );
}

/** Given to the box by this page, which has not heard since what became of it. */
export const isUnheard = (change: Full): boolean => confirmation.value?.change === change.change && (change.state === 'checked' || change.state === 'applying');

/** The change may have cut this page off itself; then nobody confirms it. */
function CutOff({ deadline }: { deadline: string | undefined }): JSX.Element {
  return (
    <>
      <Notice mark="bad" live><p class="strong">{t('change.not_reached')}</p></Notice>
      <Countdown deadline={deadline} />
    </>
  );
}

/** In force for a while: see that it works, then confirm it, or it goes back by itself (WLS-04). */
export function Flying(props: Props): JSX.Element {
  const { change, again, ask, reached } = props;
  const words = busy[change.state];
  if (!reached && isUnheard(change)) return <CutOff deadline={change.deadline} />;
  if (words) return <p role="status" class="strong">{t(words)}</p>;
  return (
    <>
      <Notice mark="warn" live><p class="strong">{t('change.applied')}</p></Notice>
      <Countdown deadline={change.deadline} />
      <Notice mark={reached ? 'good' : 'bad'}><p>{t(reached ? 'change.reached' : 'change.not_reached')}</p></Notice>
      {may('config.confirm') && <Confirm {...props} />}
      {may('config.confirm') && <div class="row"><Extend again={again} /></div>}
      {may('config.roll_back') && <div class="row"><Button kind="danger" onClick={() => ask(rollingBack(again))}>{t('change.roll_back')}</Button></div>}
    </>
  );
}
