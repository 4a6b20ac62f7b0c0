import { signal, useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { call, type Outcome } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Button, Form, TextField } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Part, ProblemView, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { go, hashOf } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { reasonInJapanese } from '../text/change_words.ts';
import { whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';
import { Lines } from './raw_diff.tsx';
import { TenantTemplate, mostFile, type Attached } from './tenant_template.tsx';

type Change = Schemas['Change'];
const pollEach = 5000;  // milliseconds
const mostText = 524_288;

const stateMarks: Readonly<Record<string, Mark>> = { applied: 'warn', applying: 'warn', confirming: 'warn', rolling_back: 'warn', confirmed: 'good', refused: 'bad' };
export const isFlying = (state: string): boolean => ['applying', 'applied', 'confirming', 'rolling_back'].includes(state);
export const StateView = ({ state }: { state: string }): JSX.Element => <MarkView mark={stateMarks[state] ?? 'plain'} words={wordOf('change.state', state)} />;

/** The box itself has a name that nobody else has (accounts have no such word). */
/** The box changes its configuration by itself as well. */
export const nameOf = (by: string): string => (by === 'box' ? t('maintenance.box') : by);
export const authorText = (change: Change): string => nameOf(change.by);
export const reasonText = (change: Change): string => (language.value === 'ja' ? reasonInJapanese(change.reason) : change.reason);

interface Draft {
  readonly text: Signal<string>;
  readonly reason: Signal<string>;
  readonly base: Signal<number | null>;
  readonly loaded: Signal<string>;
  readonly files: Signal<readonly { readonly path: Signal<string>; readonly name: string; readonly content: string }[]>;
}

function Files({ draft, there }: { draft: Draft; there: readonly string[] }): JSX.Element {
  const take = async (list: FileList | null): Promise<void> => {
    const given = [...(list ?? [])].filter((file) => file.size <= mostFile);
    draft.files.value = await Promise.all(given.map(async (file) => ({ path: signal(there.find((path) => path.endsWith(`/${file.name}`)) ?? file.name),
      name: file.name, content: await file.text() })));
  };
  return (
    <details>
      <summary>{t('changes.files')}</summary>
      <p class="help">{t('changes.files_help')}</p>
      <input type="file" multiple aria-label={t('changes.files')} onChange={(event) => void take(event.currentTarget.files)} />
      {draft.files.value.map((file) => <TextField key={file.name} label={t('changes.file_path', { file: file.name })} value={file.path} most={255} />)}
      {there.length > 0 && <><h3>{t('changes.files_there')}</h3><ul>{there.map((path) => <li key={path}><code>{path}</code></li>)}</ul></>}
    </details>
  );
}

async function stage(draft: Draft): Promise<Outcome<unknown>> {
  const files = Object.fromEntries(draft.files.value.map((file) => [file.path.value, file.content]));
  const staged = await call('changes.stage', { body: {
    configuration: draft.text.value, reason: draft.reason.value.trim(), base: draft.base.value ?? 0,
    ...(draft.files.value.length > 0 && { files }) } });
  if (!staged.ok) return staged;
  const { change } = staged.value;
  const looked = await call('changes.check', { path: { change } });
  go('changes', change);
  return looked;
}

/** What somebody wrote, and what it was made from. */
interface Written {
  readonly text: string;
  readonly from: string;
}

/** Whoever loads what another has put in force since does not lose what she wrote. */
function Kept({ written }: { written: Written }): JSX.Element {
  return (
    <details class="kept" open>
      <summary>{t('changes.kept')}</summary>
      <p class="help">{t('changes.kept_help')}</p>
      <Lines before={written.from} after={written.text} />
      <details>
        <summary>{t('changes.kept_all')}</summary>
        <pre class="report" tabIndex={0}>{written.text}</pre>
      </details>
    </details>
  );
}

function Editor(): JSX.Element {
  const draft: Draft = { text: useSignal(''), reason: useSignal(''), base: useSignal<number | null>(null), loaded: useSignal(''), files: useSignal<Draft['files']['value']>([]) };
  const there = useSignal<readonly string[]>([]), isTried = useSignal(false), kept = useSignal<Written | null>(null);
  const load = useAction<[]>(async () => {
    const found = await call('configuration.show', {});
    if (!found.ok) return found;
    if (![draft.loaded.value, found.value.configuration, ''].includes(draft.text.value)) kept.value = { text: draft.text.value, from: draft.loaded.value };
    draft.text.value = draft.loaded.value = found.value.configuration;
    draft.base.value = found.value.change;
    there.value = found.value.files;
    say(t('changes.loaded', { n: found.value.change }));
    return found;
  });
  const attach = (files: readonly Attached[]): void => void (draft.files.value = [...draft.files.value, ...files.map((file) => ({ ...file, path: signal(file.path) }))]);
  const notLoaded = draft.base.value === null ? t('changes.load_first') : undefined;
  const noText = draft.text.value.trim() === '' ? t('changes.no_text') : undefined;
  const same = draft.text.value !== '' && draft.text.value === draft.loaded.value && draft.files.value.length === 0 ? t('changes.unchanged') : undefined;
  const noReason = draft.reason.value.trim() === '' ? t('app.missing') : undefined;
  const found = [notLoaded ?? noText ?? same, noReason && `${t('app.reason')}: ${noReason}`].filter((one): one is string => Boolean(one));
  const action = useAction<[]>(async () => {
    isTried.value = true;
    if (found.length > 0) return;
    return stage(draft);
  });
  return (
    <Part title={t('changes.edit')}>
      <ProblemView problem={load.problem.value} />
      <div class="buttons"><Button busy={load.isBusy.value} onClick={() => void load.run()}>{t('changes.load')}</Button></div>
      {kept.value && <Kept written={kept.value} />}
      {draft.loaded.value !== '' && <TenantTemplate text={draft.text} attach={attach} />}
      <Form action={action} errors={isTried.value ? found : []} submit={t('changes.stage')}>
        <TextField label={t('changes.text')} help={t('changes.text_help')} value={draft.text} required plain lines={22} most={mostText} error={isTried.value ? notLoaded ?? noText ?? same : undefined} />
        <Files draft={draft} there={there.value} />
        <TextField label={t('app.reason')} help={t('changes.reason_help')} value={draft.reason} required plain most={128} error={isTried.value ? noReason : undefined} />
      </Form>
    </Part>
  );
}

function Pending({ change }: { change: Change }): JSX.Element {
  return (
    <Notice mark="warn">
      <p class="strong">{t('changes.pending')}</p>
      <p><a class="button" href={hashOf('changes', change.change)}>{t('changes.pending_go', { n: change.change })}</a></p>
    </Notice>
  );
}

function List({ title, rows, none, confirmed }: { title: string; rows: readonly Change[]; none: string; confirmed?: number }): JSX.Element {
  return (
    <Table title={title} rows={rows} keyOf={(row) => row.change} none={none}
      columns={[
        { title: t('history.number'), cell: (row) => <><a href={hashOf('history', row.change)}>{t('change.title', { n: row.change })}</a>{row.change === confirmed && ` (${t('history.in_force')})`}</> },
        { title: t('change.state_label'), cell: (row) => <StateView state={row.state} /> },
        { title: t('app.reason'), cell: (row) => reasonText(row) },
        { title: t('change.by'), cell: (row) => authorText(row) },
        { title: t('change.staged_at'), cell: (row) => whenText(row.staged, language.value) },
      ]} />
  );
}

export function ChangesPage(): JSX.Element {
  const load = useLoad('changes.list', { query: { limit: 50 } }, pollEach);
  return (
    <>
      <p>{t('changes.intro')}</p>
      <Loaded load={load}>
        {(given) => {
          const flying = given.changes.find((change) => isFlying(change.state));
          const open = given.changes.filter((change) => change.state === 'staged' || change.state === 'checked');
          return (
            <>
              {flying && <Pending change={flying} />}
              {open.length > 0 && <Part title={t('changes.open')}><List title={t('changes.open')} rows={open} none={t('app.nothing')} /></Part>}
            </>
          );
        }}
      </Loaded>
      {may('config.stage') && <Editor />}
    </>
  );
}

export function HistoryPage(): JSX.Element {
  const load = useLoad('changes.list', { query: { limit: 1000 } });
  return (
    <Loaded load={load}>
      {(given) => <div class="part"><List title={t('history.table')} rows={given.changes} none={t('history.none')} confirmed={given.confirmed} /></div>}
    </Loaded>
  );
}
