import type { JSX } from 'preact';

import { Button } from '../parts/form.tsx';
import { Notice, Pairs } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { hashOf } from '../state/route.ts';
import { documentIn, type Document, type Form, type Said } from '../text/evidence.ts';
import { numberText, whenText } from '../text/format.ts';
import { t } from '../words/index.ts';

const saidOf = (said: Said): string => said[language.value];
/** Where the list of them is, of evidence `number`. */
export const formsPart = 'forms';

/** The sheets that people fill in and sign; each can be opened and printed. */
export function FormsView({ document, number }: { document: Document; number: number }): JSX.Element {
  return (
    <>
      <p>{t('evidence.forms_help')}</p>
      <Table<Form> title={t('evidence.forms')} rows={document.forms} keyOf={(row) => row.form} none={t('app.nothing')}
        columns={[
          { title: t('evidence.form'), cell: (row) => <a href={hashOf('evidence', number, formsPart, row.form)}>{saidOf(row.title)}</a> },
          { title: t('evidence.form_blanks'), cell: (row) => <ul class="lines">{row.blanks.map((one) => <li key={one.ja}>{saidOf(one)}</li>)}</ul> },
        ]} />
    </>
  );
}

interface Row {
  readonly cells: readonly string[];
  readonly at: number;
}

function Rows({ form }: { form: Form }): JSX.Element {
  const { columns, rows, left_out: left } = form.table;
  return (
    <>
      <Table<Row> title={saidOf(form.title)} rows={rows.map((cells, at) => ({ cells, at }))} keyOf={(row) => row.at} none={t('app.nothing')}
        columns={columns.map((title, at) => ({ title: saidOf(title), cell: (row: Row) => row.cells[at] ?? '' }))} />
      {left > 0 && <p>{t('evidence.form_left_out', { n: numberText(left) })}</p>}
    </>
  );
}

interface Sheet {
  readonly number: number;
  readonly made: string;
  readonly text: string;  // the document
  readonly id: string;
}

/** One of them, as it is printed: what is known, and boxes to write into. */
export function FormPage({ number, made, text, id }: Sheet): JSX.Element {
  const document = documentIn(text), form = document.forms.find((one) => one.form === id);
  const back = <p><a href={hashOf('evidence', number, formsPart)}>{t('evidence.form_back')}</a></p>;
  if (!form) return <>{back}<Notice mark="unknown"><p>{t('app.not_found')}</p></Notice></>;
  return (
    <>
      {back}
      <div class="buttons"><Button kind="main" onClick={() => print()}>{t('enrol.print')}</Button></div>
      <article class="part paper" aria-label={saidOf(form.title)}>
        <h2>{saidOf(form.title)}</h2>
        <Pairs rows={[[t('handover.site'), document.site], [t('evidence.when'), whenText(made, language.value)], [t('evidence.of'), t('evidence.title', { n: number })]]} />
        <p>{t('evidence.form_judges_nothing')}</p>
        {form.says.map((one) => <p key={one.ja}>{saidOf(one)}</p>)}
        {form.table.columns.length > 0 && <Rows form={form} />}
        {form.text !== '' && <pre class="report" lang="ja" tabIndex={0}>{form.text}</pre>}
        {form.blanks.map((one) => <p key={one.ja} class="blank">{saidOf(one)}</p>)}
        <p class="help">{t('evidence.form_source', { source: form.sources.map((one) => `${saidOf(one.what)} ${one.which}`).join(language.value === 'ja' ? '、' : ', ') })}</p>
      </article>
    </>
  );
}
