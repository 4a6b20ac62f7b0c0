import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Button } from '../parts/form.tsx';
import { MarkView, Notice, Pairs, Part, type Mark } from '../parts/notice.tsx';
import { language } from '../state/language.ts';
import { spoken, whenText } from '../text/format.ts';
import { t, wordOf, type Key } from '../words/index.ts';

type Trust = Schemas['TrustSet'];
type Plan = Schemas['RolloverPlan'];
type Step = Schemas['RolloverStep'];

const marks: Readonly<Record<string, Mark>> = { done: 'good', now: 'warn', late: 'bad', later: 'plain' };

/** Whose certificates an authority vouches for. */
export function trusted({ facing, service }: { readonly facing: string; readonly service: string }): string {
  return t(`trust.${facing}` as Key, { service });
}

function StepView({ step, whose }: { step: Step; whose: string }): JSX.Element {
  const day = (time: string | undefined): string => whenText(time, language.value);
  return (
    <li>
      <MarkView mark={marks[step.state] ?? 'unknown'} words={wordOf('roll_state', step.state)} />{' '}
      {t(`roll_step.${step.step}` as Key, { from: day(step.from), until: day(step.until), whose })}
    </li>
  );
}

function PlanView({ set, plan }: { set: Trust; plan: Plan }): JSX.Element {
  const named = (sha256: string): JSX.Element => <>{set.anchors.find((one) => one.sha256 === sha256)?.subject} <code>{spoken(sha256)}</code></>;
  const whose = trusted(set);
  return (
    <section class="plan">
      <h3>{t('certs.plan', { whose, tenant: set.tenant || t('certs.box') })}</h3>
      {plan.gap && <Notice mark="bad"><p>{t('certs.plan_gap')}</p></Notice>}
      <Pairs rows={[
        [t('certs.plan_old'), named(plan.old)],
        [t('certs.plan_next'), plan.next === undefined ? t('certs.plan_no_next') : named(plan.next)],
      ]} />
      <ol>{plan.steps.map((step) => <StepView key={step.step} step={step} whose={whose} />)}</ol>
    </section>
  );
}

/** What is to be done by when, so that an authority gives way to the next and nobody is shut out (CRT-05). */
export function Plans({ sets }: { sets: readonly Trust[] }): JSX.Element {
  const all = sets.flatMap((set) => set.plans.map((plan) => ({ set, plan })));
  return (
    <Part title={t('certs.plans')} of="sheet">
      {all.length === 0 ? <p>{t('certs.plans_none')}</p> : (
        <>
          <p>{t('certs.plan_made', { time: whenText(Date.now(), language.value) })}</p>
          {all.map(({ set, plan }) => <PlanView key={[set.tenant, set.facing, set.service, plan.old].join(' ')} set={set} plan={plan} />)}
          <div class="buttons"><Button onClick={() => print()}>{t('certs.plan_print')}</Button></div>
        </>
      )}
    </Part>
  );
}
