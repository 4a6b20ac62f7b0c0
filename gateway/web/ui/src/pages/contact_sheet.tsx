import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { whenText } from '../text/format.ts';
import { t } from '../words/index.ts';
import { nameOf, standingOf } from './contacts.tsx';

type Contact = Schemas['Contact'];
type Step = Schemas['EmergencyStep'];

const Blank = (): JSX.Element => <MarkView mark="unknown" words={t('contacts.blank')} />;

/** What hangs beside the box, for a pen and for the day on which no page can be opened (EMG-04). */
export function SheetPage(): JSX.Element {
  const load = useLoad('contact.sheet', {});
  return (
    <>
      <p><a href={hashOf('contacts')}>{t('contacts.back')}</a></p>
      <Loaded load={load}>
        {(given) => (
          <>
            <h2>{t('contacts.sheet_title')}</h2>
            <p>{t('contacts.sheet_of', { site: given.site ?? '', made: whenText(given.made, language.value) })}</p>
            <Table<Contact> title={t('contacts.table')} rows={given.contacts} keyOf={(row) => row.contact} none={t('contacts.none')}
              columns={[
                { title: t('contacts.who'), cell: (row) => <span class="strong">{nameOf(row)}</span> },
                { title: t('contacts.desk'), cell: (row) => row.desk ?? <Blank /> },
                { title: t('contacts.main'), cell: (row) => row.main ?? <Blank /> },
                { title: t('contacts.alternative'), cell: (row) => row.alternative ?? <Blank /> },
                { title: t('contacts.hours'), cell: (row) => row.hours ?? '' },
                { title: t('contacts.tried'), cell: (row) => standingOf(row)[1] },
              ]} />
            <h3>{t('contacts.order')}</h3>
            <Table<string> title={t('contacts.order')} rows={given.services} keyOf={(row) => row} none={t('app.nothing')}
              columns={[
                { title: t('contacts.rank'), cell: () => <Blank /> },
                { title: t('contacts.service'), cell: (row) => row },
                { title: t('contacts.instead'), cell: () => <Blank /> },
              ]} />
            <h3>{t('contacts.steps')}</h3>
            <Table<Step> title={t('contacts.steps')} rows={given.steps} keyOf={(row) => row.heading} none={t('app.nothing')}
              columns={[{ title: t('contacts.step'), cell: (row) => row.heading }, { title: t('contacts.how'), cell: (row) => row.text }]} />
            <p>{t('contacts.paper')}<Blank /></p>
            <div class="buttons"><Button kind="main" onClick={() => print()}>{t('contacts.print')}</Button></div>
          </>
        )}
      </Loaded>
    </>
  );
}
