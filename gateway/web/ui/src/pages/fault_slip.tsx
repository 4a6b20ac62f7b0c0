import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Pairs } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';
import { Observations, Reasons, suspectsOf, verdictText, type Verdict } from './verdict.tsx';

type Centre = Schemas['OperationsCentre'] | null;

/** Whom the box knows by name: who maintains it, if an operations centre is configured. */
const nameOf = (side: string, centre: Centre): string => (side === 'box' ? centre?.operated_by : undefined) ?? t('slip.blank');

function Calls({ sides, centre }: { sides: readonly string[]; centre: Centre }): JSX.Element {
  return (
    <Table<string> title={t('slip.call')} none={t('app.nothing')} keyOf={(side) => side} rows={sides}
      columns={[
        { title: t('slip.side'), cell: (side) => wordOf('side', side) },
        { title: t('slip.do'), cell: (side) => wordOf('side_do', side) },
        { title: t('slip.who'), cell: (side) => <>{wordOf('side_call', side)}: {nameOf(side, centre)}</> },
        { title: t('slip.phone'), cell: () => t('slip.blank') },
      ]} />
  );
}

/** 障害切分け票: one sheet, seen on paper alone, for whoever is called. Names nobody whom the box does not know. */
export function FaultSlip({ verdict, code }: { verdict: Verdict; code: string }): JSX.Element {
  const centre = useLoad('noc.show', {}).data.value;
  const known = verdict.observations.filter((one) => one.standing !== 'unknown'), unknown = verdict.observations.filter((one) => one.standing === 'unknown');
  return (
    <article class="slip">
      <h2>{t('slip.title')}</h2>
      <Pairs rows={[
        [t('slip.site'), t('slip.blank')],
        [t('slip.at'), whenText(verdict.at, language.value, true)],
        [t('slip.verdict'), <strong>{verdictText(verdict)}</strong>],
        [t('slip.code'), code],
      ]} />
      <h3>{t('slip.call')}</h3><Calls sides={suspectsOf(verdict)} centre={centre} />
      <h3>{t('verdict.reasons')}</h3><Reasons given={verdict} />
      <h3>{t('verdict.measured')}</h3><Observations rows={known} title={t('verdict.measured')} />
      <h3>{t('verdict.unmeasured')}</h3><Observations rows={unknown} title={t('verdict.unmeasured')} />
      <Pairs rows={[[t('slip.reported'), t('slip.blank')], [t('slip.signature'), t('slip.blank')]]} />
    </article>
  );
}
