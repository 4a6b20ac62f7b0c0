import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Faults } from '../parts/faults.tsx';
import { Loaded, MarkView, Part, type Mark } from '../parts/notice.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { whenText } from '../text/format.ts';
import { t, wordOf, type Key } from '../words/index.ts';
import { HandoverView } from './setup_report.tsx';
import { stepViews } from './setup_steps.tsx';

type Step = Schemas['SetupStep'];
const lookEach = 5_000;  // milliseconds
const marks: Readonly<Record<string, Mark>> = { done: 'good', open: 'warn', waiting: 'unknown' };

function Steps({ steps }: { steps: readonly Step[] }): JSX.Element {
  return (
    <Part title={t('setup.steps')}>
      <ol class="words steps">
        {steps.map((one, at) => (
          <li key={one.step} aria-current={one.state === 'open' ? 'step' : undefined}>
            <span>{at + 1}. {wordOf('setup_step', one.step)}</span> <MarkView mark={marks[one.state] ?? 'unknown'} words={t(`setup.${one.state}` as Key)} />
            {one.by !== undefined && <span class="why"> {t('setup.by', { by: one.by, time: whenText(one.at, language.value) })}</span>}
          </li>
        ))}
      </ol>
    </Part>
  );
}

function OpenStep({ one, again }: { one: Step; again: () => Promise<void> }): JSX.Element {
  const View = stepViews[one.step];
  return (
    <Part title={wordOf('setup_step', one.step)}>
      {View && <View again={again} />}
      {one.findings.length > 0 && <div role="status"><p class="strong">{t('setup.blocked')}</p><Faults ids={one.findings} /></div>}
    </Part>
  );
}

/** The first setting-up, from the language to the report that is handed over; the box is looked at anew all the time. */
export function SetupPage(): JSX.Element {
  const load = useLoad('setup.show', {}, lookEach);
  return (
    <Loaded load={load}>
      {({ finished, steps }) => {
        const open = steps.find((one) => one.state === 'open');
        if (finished !== undefined) return <HandoverView />;
        return (
          <>
            <p>{t('setup.intro')}</p>
            {open && <OpenStep key={open.step} one={open} again={load.again} />}
            <Steps steps={steps} />
          </>
        );
      }}
    </Loaded>
  );
}
