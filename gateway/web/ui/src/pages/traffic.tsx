import type { JSX } from 'preact';

import { Chart } from '../parts/chart.tsx';
import { Button } from '../parts/form.tsx';
import { Part } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { isStill, samples } from '../state/traffic.ts';
import { octetsText, whenText } from '../text/format.ts';
import { minutesOf, type Minute } from '../text/traffic.ts';
import { t } from '../words/index.ts';

const rateText = (octets: number): string => t('traffic.rate', { size: octetsText(Math.round(octets)) });
const timeOf = (seconds: number): string => whenText(new Date(seconds * 1000).toISOString(), language.value);
const clockOf = (seconds: number): string => new Date((seconds + 9 * 3600) * 1000).toISOString().slice(11, 19);  // of Japan

/** What passes through the box while somebody looks. */
export function TrafficPart(): JSX.Element {
  const seen = samples.value, last = seen.at(-1);
  const now = last?.up == null || last.down == null ? t('traffic.unknown') : t('traffic.now', { up: rateText(last.up), down: rateText(last.down) });
  return (
    <Part title={t('traffic.title')}>
      <p class="help">{t('traffic.help')}</p>
      <p><span class="stroked"><span class="stroke up" /> {t('traffic.up')}</span> <span class="stroked"><span class="stroke down" /> {t('traffic.down')}</span> {now}</p>
      <Chart label={`${t('traffic.title')}: ${now}`} at={seen.map((one) => one.at)} timeText={clockOf} valueText={rateText} lines={[
        { kind: 'up', values: seen.map((one) => one.up) },
        { kind: 'down', values: seen.map((one) => one.down) },
      ]} />
      <div class="buttons"><Button onClick={() => void (isStill.value = !isStill.value)}>{t(isStill.value ? 'traffic.go_on' : 'traffic.pause')}</Button></div>
      <details>
        <summary>{t('traffic.table')}</summary>
        <Table<Minute> title={t('traffic.table')} rows={minutesOf(seen)} keyOf={(row) => String(row.at)} none={t('traffic.none')}
          columns={[
            { title: t('traffic.minute'), cell: (row) => timeOf(row.at) },
            { title: t('traffic.up'), cell: (row) => rateText(row.up), isNumber: true },
            { title: t('traffic.down'), cell: (row) => rateText(row.down), isNumber: true },
          ]} />
      </details>
    </Part>
  );
}
