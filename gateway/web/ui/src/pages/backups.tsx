import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call, placeOf } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Pairs, Part, ProblemView } from '../parts/notice.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { octetsText, whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';
import { NoRecipients } from './no_recipients.tsx';

type Backup = Schemas['Backup'];
const pollEach = 10_000;  // milliseconds

interface Looked {
  readonly number: number;
  readonly check: Schemas['BackupCheck'];
}

function CheckResult({ number, check }: Looked): JSX.Element {
  return check.good ? <Notice mark="good" live><p>{t('backups.good', { n: number, sha: check.sha256 })}</p></Notice>
    : <Notice mark="bad" live><p>{t('backups.bad', { n: number, faults: check.faults.join(', ') })}</p></Notice>;
}

function About({ given }: { given: Schemas['Backups'] }): JSX.Element {
  return (
    <>
      {given.damaged.length > 0 && <Notice mark="bad"><p>{t('backups.damaged', { names: given.damaged.join(', ') })}</p></Notice>}
      <Pairs rows={[
        given.next !== undefined && [t('backups.next'), whenText(given.next, language.value)],
        given.failures > 0 && [t('backups.failures'), <MarkView mark="bad" words={String(given.failures)} />],
        [t('backups.recipients'), given.recipients.length === 0 ? t('backups.nobody') : <ul>{given.recipients.map((one) => <li key={one.sha256}>{one.name}{one.concern !== undefined && ` ${t('backups.concern', { text: one.concern })}`}</li>)}</ul>],
        given.signer !== '' && [t('backups.signer'), <code>{given.signer}</code>],
      ]} />
    </>
  );
}

/** What somebody asked for waits for the key that signs it, and can be taken back as long as it does. */
function Waiting({ names, again }: { names: readonly string[]; again: () => void }): JSX.Element {
  const withdraw = useAction<[]>(async () => {
    const done = await call('backups.withdraw', {});
    if (done.ok) say(t('backups.withdrawn')), again();
    return done;
  });
  return (
    <>
      <Notice mark="unknown" live><p>{t('backups.waits', { names: names.join(', ') })}</p></Notice>
      <ProblemView problem={withdraw.problem.value} />
      {may('backup.make') && <div class="buttons"><Button busy={withdraw.isBusy.value} onClick={() => void withdraw.run()}>{t('backups.withdraw')}</Button></div>}
    </>
  );
}

export function BackupsPage(): JSX.Element {
  const load = useLoad('backups.list', {}, pollEach), looked = useSignal<Looked | null>(null);
  const again = (): void => void load.again();
  const make = useAction<[]>(async () => {
    const done = await call('backups.make', {});
    if (done.ok) say(t('backups.making')), again();
    return done;
  });
  const check = useAction<[number]>(async (number) => {
    looked.value = null;
    const done = await call('backups.check', { path: { backup: number } });
    if (done.ok) looked.value = { number, check: done.value };
    return done;
  });
  const act = (row: Backup): JSX.Element => (
    <>
      {may('backup.make') && <Button busy={check.isBusy.value} label={t('backups.check_of', { n: row.backup })} onClick={() => void check.run(row.backup)}>{t('backups.check')}</Button>}{' '}
      {may('backup.export') && <a class="button" download href={placeOf('backups.download', { backup: row.backup })} aria-label={t('backups.download_of', { n: row.backup })}>{t('backups.download')}</a>}
    </>
  );
  const columns: Column<Backup>[] = [
    { title: t('backups.made_at'), cell: (row) => whenText(row.made, language.value) },
    { title: t('backups.kind'), cell: (row) => wordOf('backup.kind', row.kind) },
    { title: t('backups.change'), cell: (row) => row.change, isNumber: true },
    { title: t('backups.size'), cell: (row) => octetsText(row.size), isNumber: true },
    { title: t('backups.file'), cell: (row) => <><code>{row.file}</code>{row.last_good && <p><MarkView mark="good" words={t('backups.last_good')} /></p>}</> },
    { title: t('backups.act'), cell: act, isAction: true },
  ];
  return (
    <>
      <p>{t('backups.intro')}</p>
      <ProblemView problem={make.problem.value ?? check.problem.value} />
      {looked.value && <CheckResult {...looked.value} />}
      <Loaded load={load}>
        {(given) => (
          <Part title={t('backups.table')}>
            <About given={given} />
            {given.wanted_by.length > 0 && <Waiting names={given.wanted_by} again={again} />}
            {given.recipients.length === 0 ? <NoRecipients /> : may('backup.make') && <div class="buttons"><Button kind="main" busy={make.isBusy.value} onClick={() => void make.run()}>{t('backups.make')}</Button></div>}
            <Table title={t('backups.table')} columns={columns} rows={given.backups} keyOf={(row) => row.backup} none={t('backups.none')} />
          </Part>
        )}
      </Loaded>
    </>
  );
}
