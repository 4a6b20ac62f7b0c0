import type { ComponentChildren, JSX } from 'preact';

import { adviceFor } from '../api/problems.ts';
import type { Problem } from '../api/client.ts';
import type { Load } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { t, wordOf } from '../words/index.ts';
import { Button } from './form.tsx';

/** plain: there is nothing to judge. */
export type Mark = 'good' | 'warn' | 'bad' | 'unknown' | 'plain';
const signs: Readonly<Record<Mark, string>> = { good: '✓', warn: '!', bad: '✕', unknown: '?', plain: '•' };

/** A sign and a word: nothing is told by colour alone. */
export function MarkView({ mark, words }: { mark: Mark; words?: string }): JSX.Element {
  return (
    <span class={`mark ${mark}`}>
      <span class="sign" aria-hidden="true">{signs[mark]}</span>
      {words ?? (mark === 'plain' ? '' : t(`mark.${mark}`))}
    </span>
  );
}

export function Notice({ mark, children, live = false }: { mark: Mark; children: ComponentChildren; live?: boolean }): JSX.Element {
  return (
    <div class={`notice ${mark}`} role={live ? 'status' : undefined}>
      <span class="sign" aria-hidden="true">{signs[mark]}</span>
      <div>{children}</div>
    </div>
  );
}

const whatOf = (problem: Problem): string => problem.title === '' ? wordOf('problem', problem.code) : problem.title;

/** What happened, what it means for care work, what to do, and the code. */
export function ProblemView({ problem }: { problem: Problem | null }): JSX.Element | null {
  if (problem === null) return null;
  const [care, what] = adviceFor(problem.code);
  return (
    <div class="notice bad problem" role="alert">
      <span class="sign" aria-hidden="true">{signs.bad}</span>
      <div>
        <p class="strong">{whatOf(problem)}</p>
        <dl class="pairs">
          {problem.detail && <><dt>{t('problem.detail')}</dt><dd>{problem.detail}</dd></>}
          <dt>{t('problem.care')}</dt><dd>{t(care)}</dd>
          <dt>{t('problem.do')}</dt><dd>{t(what)}</dd>
          <dt>{t('problem.code')}</dt><dd><code>{problem.code}</code>{problem.at && <> <code>{problem.at}</code></>}</dd>
        </dl>
      </div>
    </div>
  );
}

/** A problem that only says that there is nothing yet. */
interface None {
  readonly code: string;
  readonly words: string;
}

/** Loading, a problem, or what there is; what was there before stays, and is said to be older. */
export function Loaded<T>({ load, none, children }: { load: Load<T>; none?: None; children: (data: T) => ComponentChildren }): JSX.Element {
  const data = load.data.value, problem = load.problem.value;
  if (none && problem?.code === none.code) return <Notice mark="unknown"><p>{none.words}</p></Notice>;
  if (data === null && problem === null) return <p class="loading" role="status">{t('app.loading')}</p>;
  return (
    <>
      {problem && data !== null && <p class="strong">{t('app.stale')}</p>}
      <ProblemView problem={problem} />
      {problem && (
        <div class="buttons">
          <Button busy={load.isAsking.value} onClick={() => void load.again()}>{t('app.again')}</Button>
          <a class="button link" href={hashOf('help', problem.code)}>{t('problem.look_up')}</a>
        </div>
      )}
      {data !== null && children(data)}
    </>
  );
}

export function Pairs({ rows }: { rows: readonly (readonly [string, ComponentChildren] | null | false)[] }): JSX.Element {
  const shown = rows.filter((row): row is readonly [string, ComponentChildren] => row !== null && row !== false);
  return <dl class="pairs">{shown.map(([name, value]) => <><dt>{name}</dt><dd>{value}</dd></>)}</dl>;
}

/** A part of a page, with its own heading. */
export function Part({ title, children, of }: { title: string; children: ComponentChildren; of?: string }): JSX.Element {
  return (
    <section class={of ? `part ${of}` : 'part'} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
