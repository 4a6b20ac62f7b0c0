import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, reasonAsked, type Question } from '../parts/dialog.tsx';
import { Button, Form, SelectField } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Pairs, Part, ProblemView, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { go, hashOf } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may, session } from '../state/session.ts';
import { confirmation } from '../state/token.ts';
import { inJapanese } from '../text/change_words.ts';
import { numberText, whenText } from '../text/format.ts';
import { outcomeInWords } from '../text/order_words.ts';
import { t, wordOf, type Key } from '../words/index.ts';
import { StateView, authorText, nameOf, reasonText } from './changes.tsx';
import { Flying, isUnheard } from './flying.tsx';
import { RawDiff } from './raw_diff.tsx';

export type Full = Schemas['Change'] & Schemas['ChangeInFull'];
const pollEach = 1500;  // milliseconds
export const withins = [60, 180, 300, 600, 1800] as const;  // seconds
const usual = '180';

function Head({ change }: { change: Full }): JSX.Element {
  const time = (given: string | undefined): string => whenText(given, language.value);
  return (
    <Pairs rows={[
      [t('change.state_label'), <StateView state={change.state} />],
      [t('app.reason'), reasonText(change)],
      [t('change.by'), authorText(change)],
      change.source !== '' && [t('change.source'), change.source],
      [t('change.staged_at'), time(change.staged)],
      [t('change.base'), change.base === 0 ? '—' : <a href={hashOf('history', change.base)}>{t('change.title', { n: change.base })}</a>],
      change.approved_by !== undefined && [t('change.approved_by'), change.approved_by],
      change.ended !== undefined && [t('change.ended_at'), time(change.ended)],
      change.ended_by !== undefined && [t('change.ended_by'), nameOf(change.ended_by)],
      change.outcome !== undefined && [t('change.outcome'), outcomeInWords(change.outcome)],
    ]} />
  );
}

/** The box marks those that may let more through with a plus. */
export function WordsOfChange({ lines }: { lines: readonly string[] }): JSX.Element {
  if (lines.length === 0) return <p>{t('change.what_none')}</p>;
  return (
    <ul class="words">
      {lines.map((line) => {
        const widens = line.startsWith('+ '), told = line.replace(/^(\+| ) /, '');
        return <li key={line}>{language.value === 'ja' ? inJapanese(told) : told} {widens && <MarkView mark="warn" words={t('change.widens')} />}</li>;
      })}
    </ul>
  );
}

function Effect({ change }: { change: Full }): JSX.Element {
  const { sessions_stay: stay, sessions_end: end, endings = [], silent = [] } = change;
  if (stay === undefined || end === undefined) return <p>{t('change.effect_unknown')}</p>;
  const words = end === 0 ? t('change.effect_none', { stay: numberText(stay) }) : t('change.effect_ends', { stay: numberText(stay), end: numberText(end) });
  return (
    <>
      <Notice mark={end === 0 ? 'good' : 'warn'}><p class="strong">{words}</p></Notice>
      {silent.length > 0 && <Notice mark="unknown"><p>{t('change.effect_silent', { names: silent.join(', ') })}</p></Notice>}
      {endings.length > 0 && (
        <Table title={t('change.endings')} rows={endings} keyOf={(row) => Object.values(row).join(' ')} none=""
          columns={[
            { title: t('connections.tenant'), cell: (row) => row.tenant },
            { title: t('connections.terminal'), cell: (row) => row.terminal },
            { title: t('connections.service'), cell: (row) => row.service },
            { title: t('change.ending_count'), cell: (row) => numberText(row.sessions), isNumber: true },
            { title: t('change.ending_reason'), cell: (row) => wordOf('ending', row.reason) },
          ]} />
      )}
    </>
  );
}

interface StepProps {
  readonly change: Full;
  readonly again: () => void;
  readonly ask: (question: Question) => void;
}

export function withdrawing({ change, again }: StepProps): Question {
  return {
    title: t('change.withdraw_title'), what: <p>{t('change.withdraw_what')}</p>, submit: t('change.withdraw'), asks: reasonAsked(),
    act: (reason) => call('changes.withdraw', { path: { change: change.change }, body: { reason } }),
    done: () => (say(t('change.withdrawn')), again()),
  };
}

function Apply({ change, again, ask }: StepProps): JSX.Element {
  const within = useSignal(usual);
  const apply = useAction<[]>(async () => {
    const done = await call('changes.apply', { path: { change: change.change }, body: { within: Number(within.value) } });
    if (done.ok) confirmation.value = { change: change.change, token: done.value.token }, again();
    return done;
  });
  const choices = withins.map((seconds) => ({ value: String(seconds), label: t('change.minutes', { n: seconds / 60 }) }));
  return (
    <Form action={apply} submit={t('change.apply')} more={may('config.stage') && <Button onClick={() => ask(withdrawing({ change, again, ask }))}>{t('change.withdraw')}</Button>}>
      <SelectField label={t('change.within')} help={t('change.within_help')} value={within} choices={choices} />
    </Form>
  );
}

function Checked(props: StepProps): JSX.Element {
  const { change, again, ask } = props;
  const isAwaited = change.needs_second_person && change.approved_by === undefined;
  const isOwn = change.by === session.value?.account;
  const approve: Question = {
    title: t('change.approve_title'), what: <p>{t('change.approve_what')}</p>, submit: t('change.approve'),
    act: () => call('changes.approve', { path: { change: change.change } }), done: () => (say(t('change.approved')), again()),
  };
  return (
    <>
      {isAwaited && <Notice mark="warn"><p>{t('change.needs_approval')}</p></Notice>}
      {isAwaited && may('config.approve') && !isOwn && <div class="buttons"><Button kind="main" onClick={() => ask(approve)}>{t('change.approve')}</Button></div>}
      {!isAwaited && may('config.apply') && <Apply {...props} />}
      {isAwaited && may('config.stage') && <div class="buttons"><Button onClick={() => ask(withdrawing(props))}>{t('change.withdraw')}</Button></div>}
    </>
  );
}

function Staged({ change, again, ask }: StepProps): JSX.Element {
  const check = useAction<[]>(async () => {
    const done = await call('changes.check', { path: { change: change.change } });
    again();
    return done;
  });
  return (
    <>
      <p role="status">{t('change.checking')}</p>
      <ProblemView problem={check.problem.value} />
      {may('config.stage') && (
        <div class="buttons">
          <Button busy={check.isBusy.value} onClick={() => void check.run()}>{t('change.check')}</Button>
          <Button onClick={() => ask(withdrawing({ change, again, ask }))}>{t('change.withdraw')}</Button>
        </div>
      )}
    </>
  );
}

const overs: Readonly<Record<string, readonly [Mark, Key]>> = {
  confirmed: ['good', 'change.confirmed_done'], rolled_back: ['warn', 'change.rolled_back_done'],
  refused: ['bad', 'change.refused_done'], withdrawn: ['plain', 'change.withdrawn_done'],
};

function Over({ change, again, ask }: StepProps): JSX.Element {
  const [mark, key] = overs[change.state] ?? ['plain', 'change.withdrawn_done'];
  const copy: Question = {
    title: t('change.copy_title', { n: change.change }), what: <p>{t('change.copy_what')}</p>, submit: t('change.copy'), asks: reasonAsked(),
    act: async (reason) => {
      const made = await call('changes.copy', { path: { change: change.change }, body: { reason } });
      if (!made.ok) return made;
      void call('changes.check', { path: { change: made.value.change } });
      go('changes', made.value.change);
      return made;
    },
    done: again,
  };
  return (
    <>
      <Notice mark={mark} live>
        <p>{t(key)}</p>
        {change.generation !== undefined && <p>{t('change.kept_closed', { kept: numberText(change.sessions_kept), closed: numberText(change.sessions_closed) })}</p>}
      </Notice>
      {may('config.stage') && change.state !== 'refused' && <div class="buttons"><Button onClick={() => ask(copy)}>{t('change.copy')}</Button></div>}
    </>
  );
}

function Step(props: StepProps & { reached: boolean }): ComponentChildren {
  const { state } = props.change;
  if (!props.reached && isUnheard(props.change)) return <Flying {...props} />;
  if (state === 'staged') return <Staged {...props} />;
  if (state === 'checked') return <Checked {...props} />;
  if (['applying', 'applied', 'confirming', 'rolling_back'].includes(state)) return <Flying {...props} />;
  return <Over {...props} />;
}

export function ChangePage({ number }: { number: number }): JSX.Element {
  const load = useLoad('changes.show', { path: { change: number } }, pollEach), question = useSignal<Question | null>(null);
  const again = (): void => void load.again();
  return (
    <>
      <Loaded load={load}>
        {(given) => {
          const change = given as Full;
          const props = { change, again, ask: (asked: Question): void => void (question.value = asked), reached: load.problem.value === null };
          return (
            <>
              <Part title={t('change.title', { n: number })}>
                <Head change={change} />
                <Step {...props} />
              </Part>
              {change.report.length > 0 && <Part title={t('change.report')}><pre class="report" lang={language.value} tabIndex={0}>{(language.value === 'ja' ? change.report_japanese : change.report).join('\n')}</pre></Part>}
              {change.state !== 'staged' && change.state !== 'refused' && (
                <>
                  <Part title={t('change.what')}><WordsOfChange lines={change.changes} /></Part>
                  <Part title={t('change.effect')}><Effect change={change} /></Part>
                </>
              )}
              {may('config.read') && <RawDiff change={number} base={change.base} />}
            </>
          );
        }}
      </Loaded>
      <Ask question={question} />
    </>
  );
}
