import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Button, Form, TextField } from '../parts/form.tsx';
import { Loaded, MarkView, Part, type Mark } from '../parts/notice.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { numberText, whenText } from '../text/format.ts';
import { periodText } from '../text/period.ts';
import { t, wordOf } from '../words/index.ts';

type Review = Schemas['Review'];
const marks: Readonly<Record<string, Mark>> = { running: 'plain', due: 'warn', overdue: 'bad', done: 'good' };
const mostComment = 2000;

/** The link says which records were looked at: whoever signs signs for those and no others (LOG-06). */
function Sign({ review, close, done }: { review: Review; close: () => void; done: () => void }): JSX.Element {
  const comment = useSignal(''), findings = useSignal(''), isTried = useSignal(false);
  const isMissing = comment.value.trim() === '', error = isTried.value && isMissing ? t('app.missing') : undefined;
  const sign = useAction<[]>(async () => {
    isTried.value = true;
    if (isMissing) return;
    const found = findings.value.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    const signed = await call('reviews.sign', { path: { quarter: review.quarter }, body: { link: review.link, comment: comment.value.trim(), findings: found } });
    if (signed.ok) close(), say(t('reviews.signed', { quarter: periodText(review.quarter) })), done();
    return signed;
  });
  return (
    <Dialog title={t('reviews.sign_title', { quarter: periodText(review.quarter) })} close={close}>
      <p>{t('reviews.sign_what', { first: numberText(review.first), last: numberText(review.last) })}</p>
      <Form action={sign} errors={error ? [`${t('reviews.comment')}: ${error}`] : []} submit={t('reviews.sign')} more={<Button onClick={close}>{t('app.cancel')}</Button>}>
        <TextField label={t('reviews.comment')} value={comment} required plain lines={4} error={error} most={mostComment} />
        <TextField label={t('reviews.findings')} value={findings} plain lines={4} most={20_000} />
      </Form>
    </Dialog>
  );
}

function Month({ month, close }: { month: string; close: () => void }): JSX.Element {
  const load = useLoad('summaries.show', { path: { month } });
  return (
    <Dialog title={`${t('reviews.months')} ${periodText(month)}`} close={close}>
      <Loaded load={load}>
        {(given) => (
          <>
            {!given.is_over && <p>{t('reviews.month_runs')}</p>}
            <pre class="report" tabIndex={0}>{language.value === 'ja' ? given.japanese : given.english}</pre>
          </>
        )}
      </Loaded>
      <div class="buttons"><Button onClick={close}>{t('app.close')}</Button></div>
    </Dialog>
  );
}

function Months({ show }: { show: (month: string) => void }): JSX.Element {
  const load = useLoad('summaries.list', {});
  return (
    <Part title={t('reviews.months')}>
      <Loaded load={load}>
        {(given) => (
          <Table<string> title={t('reviews.months')} rows={given.months} keyOf={(month) => month} none={t('reviews.months_none')}
            columns={[
              { title: t('reviews.month'), cell: periodText },
              { title: t('connections.act'), isAction: true, cell: (month) => <Button label={`${t('reviews.month_show')}: ${periodText(month)}`} onClick={() => show(month)}>{t('reviews.month_show')}</Button> },
            ]} />
        )}
      </Loaded>
    </Part>
  );
}

export function ReviewsPage(): JSX.Element {
  const load = useLoad('reviews.list', {}), signing = useSignal<Review | null>(null), month = useSignal<string | null>(null);
  const columns: Column<Review>[] = [
    { title: t('reviews.quarter'), cell: (row) => periodText(row.quarter) },
    { title: t('reviews.state_label'), cell: (row) => <MarkView mark={marks[row.state] ?? 'unknown'} words={wordOf('review', row.state)} /> },
    { title: t('reviews.until'), cell: (row) => whenText(row.until, language.value) },
    { title: t('reviews.range'), cell: (row) => `${numberText(row.first)} 〜 ${numberText(row.last)}` },
    { title: t('connections.act'), isAction: true, cell: (row) => (
      <>
        {row.signed !== undefined && <details><summary>{t('reviews.show')}</summary><pre class="report" tabIndex={0}>{row.signed}</pre></details>}
        {(row.state === 'due' || row.state === 'overdue') && may('review.sign') &&
          <Button kind="main" label={t('reviews.sign_of', { quarter: periodText(row.quarter) })} onClick={() => void (signing.value = row)}>{t('reviews.sign')}</Button>}
      </>
    ) },
  ];
  return (
    <>
      <p>{t('reviews.intro')}</p>
      <Loaded load={load}>
        {(given) => (
          <Part title={t('reviews.table')}>
            <Table title={t('reviews.table')} columns={columns} rows={given.reviews} keyOf={(row) => row.quarter} none={t('reviews.none')} />
            {given.stock_taken !== undefined && <p>{t('reviews.stock', { time: whenText(given.stock_taken, language.value) })}</p>}
          </Part>
        )}
      </Loaded>
      <Months show={(given) => void (month.value = given)} />
      {signing.value && <Sign review={signing.value} close={() => void (signing.value = null)} done={() => void load.again()} />}
      {month.value && <Month month={month.value} close={() => void (month.value = null)} />}
    </>
  );
}
