import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { Loaded } from '../parts/notice.tsx';
import { useLoad } from '../state/load.ts';
import { condensed, lineDiff } from '../text/line_diff.ts';
import { t } from '../words/index.ts';

const signs = { same: ' ', gone: '-', new: '+' } as const;

/** What of two texts differs. */
export function Lines({ before, after }: { before: string; after: string }): JSX.Element {
  const lines = useMemo(() => condensed(lineDiff(before, after)), [before, after]);
  if (lines.length <= 1 && lines.every((line) => line === null)) return <p>{t('change.raw_same')}</p>;
  return (
    <div class="diff" tabIndex={0} role="region" aria-label={t('change.raw')}>
      {lines.map((line, at) => line === null ? <div key={at} class="left">{t('change.left_out')}</div> : (
        <div key={at} class={line.kind}>
          <code><span aria-hidden="true">{signs[line.kind]} </span>{line.kind !== 'same' && <span class="unseen">{t(line.kind === 'gone' ? 'change.line_gone' : 'change.line_new')}: </span>}{line.text}</code>
        </div>
      ))}
    </div>
  );
}

function Both({ change, base }: { change: number; base: number }): JSX.Element {
  const after = useLoad('configuration.show', { query: { change } }), before = useLoad('configuration.show', { query: { change: base === 0 ? change : base } });
  return (
    <Loaded load={before}>
      {(old) => <Loaded load={after}>{(fresh) => <Lines before={base === 0 ? '' : old.configuration} after={fresh.configuration} />}</Loaded>}
    </Loaded>
  );
}

/** The two texts, line by line; asked for when somebody wants to see them. */
export function RawDiff(given: { change: number; base: number }): JSX.Element {
  const isOpen = useSignal(false);
  return (
    <details class="part" onToggle={(event) => void (isOpen.value = event.currentTarget.open)}>
      <summary>{t('change.raw')}</summary>
      {isOpen.value && <Both {...given} />}
    </details>
  );
}
