import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { call } from '../api/client.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Button } from '../parts/form.tsx';
import { Loaded, ProblemView } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { useAction, useLoad } from '../state/load.ts';
import { t } from '../words/index.ts';

/** One file of a support file, and which. */
export interface Looked {
  readonly bundle: number;
  readonly file: string;
}

/** A file as it is in the support file, a piece after the other. */
export function LookDialog({ looked }: { looked: Signal<Looked | null> }): JSX.Element | null {
  return looked.value && <LookedAt key={looked.value.file} given={looked.value} close={() => void (looked.value = null)} />;
}

function LookedAt({ given, close }: { given: Looked; close: () => void }): JSX.Element {
  const text = useSignal(''), next = useSignal<number | undefined>(undefined);
  const read = useAction<[number]>(async (from) => {
    const said = await call('bundles.file', { path: { bundle: given.bundle, file: given.file }, query: { from } });
    if (said.ok) text.value += said.value.text, next.value = said.value.next;
    return said;
  });
  useEffect(() => void read.run(0), []);
  return (
    <Dialog title={t('support.look_title', { file: given.file })} close={close}>
      <ProblemView problem={read.problem.value} />
      <pre class="report" tabIndex={0}>{text.value}</pre>
      <div class="buttons">
        {next.value !== undefined && <Button busy={read.isBusy.value} onClick={() => void read.run(next.value ?? 0)}>{t('support.more')}</Button>}
        <Button kind="main" onClick={close}>{t('support.close')}</Button>
      </div>
    </Dialog>
  );
}

/** For whoever may see people's names. */
export function Meanings({ bundle }: { bundle: number }): JSX.Element {
  const load = useLoad('bundles.pseudonyms', { path: { bundle } });
  return (
    <details>
      <summary>{t('support.meanings')}</summary>
      <p class="help">{t('support.meanings_help')}</p>
      <Loaded load={load}>
        {(given) => (
          <Table title={t('support.meanings')} rows={given.pseudonyms} keyOf={(row) => `${row.pseudonym} ${row.name}`} none={t('support.meanings_none')}
            columns={[
              { title: t('support.pseudonym'), cell: (row) => <code>{row.pseudonym}</code> },
              { title: t('support.name'), cell: (row) => row.name },
            ]} />
        )}
      </Loaded>
    </details>
  );
}
