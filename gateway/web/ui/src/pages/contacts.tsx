import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, type Question } from '../parts/dialog.tsx';
import { Button, Form, TextField } from '../parts/form.tsx';
import { Loaded, MarkView, Part, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { hashOf, route } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { whenText } from '../text/format.ts';
import { t } from '../words/index.ts';
import { SheetPage } from './contact_sheet.tsx';

type Contact = Schemas['Contact'];
const mostWay = 128, mostNote = 512;

export const nameOf = (one: Contact): string => (language.value === 'ja' ? one.japanese : one.english);

/** Whether its ways are known to work, as a plain sentence. */
export function standingOf(one: Contact): readonly [Mark, string] {
  const time = (given: string | undefined): string => whenText(given, language.value);
  if (one.main === undefined) return ['unknown', t('contacts.blank')];
  if (one.tried !== undefined && one.tried !== one.worked) return ['bad', t('contacts.failed', { time: time(one.tried), found: one.found ?? '' })];
  if (one.worked === undefined) return ['warn', t('contacts.never')];
  return one.is_overdue ? ['warn', t('contacts.overdue', { time: time(one.worked), due: time(one.due) })] : ['good', t('contacts.worked', { time: time(one.worked), due: time(one.due) })];
}

function Edit({ one, again }: { one: Contact; again: () => void }): JSX.Element {
  const desk = useSignal(one.desk ?? ''), main = useSignal(one.main ?? ''), alternative = useSignal(one.alternative ?? ''), hours = useSignal(one.hours ?? ''), isTried = useSignal(false);
  const missing = (field: Signal<string>): string | undefined => (isTried.value && field.value.trim() === '' ? t('app.missing') : undefined);
  const errors = [[t('contacts.desk'), missing(desk)], [t('contacts.main'), missing(main)]].flatMap(([label, error]) => (error === undefined ? [] : [`${label ?? ''}: ${error}`]));
  const state = useAction<[]>(async () => {
    isTried.value = true;
    if (desk.value.trim() === '' || main.value.trim() === '') return;
    const done = await call('contact.state', { path: { contact: one.contact }, body: {
      desk: desk.value.trim(), main: main.value.trim(), alternative: alternative.value.trim(), hours: hours.value.trim() } });
    if (done.ok) isTried.value = false, say(t('contacts.stated')), again();
    return done;
  });
  return (
    <details>
      <summary>{t('contacts.edit_of', { who: nameOf(one) })}</summary>
      <Form action={state} errors={errors} submit={t('contacts.edit_do')}>
        <TextField label={t('contacts.desk')} help={one.hint} value={desk} required plain most={mostWay} error={missing(desk)} />
        <TextField label={t('contacts.main')} help={t('contacts.main_help')} value={main} required plain most={mostWay} error={missing(main)} />
        <TextField label={t('contacts.alternative')} help={t('contacts.alternative_help')} value={alternative} plain most={mostWay} />
        <TextField label={t('contacts.hours')} value={hours} plain most={mostWay} />
      </Form>
    </details>
  );
}

function Acts({ one, question, again }: { one: Contact; question: Signal<Question | null>; again: () => void }): JSX.Element | null {
  if (!may('incident.keep') || one.main === undefined) return null;
  const who = nameOf(one);
  const ask = (works: boolean): Question => ({
    title: t(works ? 'contacts.works_of' : 'contacts.fails_of', { who }), what: null, submit: t(works ? 'contacts.works_do' : 'contacts.fails_do'),
    asks: { label: t('contacts.note'), required: true, most: mostNote },
    act: (note) => call('contact.tried', { path: { contact: one.contact }, body: { works, note } }), done: () => (say(t('contacts.noted')), again()) });
  return (
    <>
      <Button label={t('contacts.works_of', { who })} onClick={() => void (question.value = ask(true))}>{t('contacts.works_do')}</Button>
      <Button label={t('contacts.fails_of', { who })} onClick={() => void (question.value = ask(false))}>{t('contacts.fails_do')}</Button>
    </>
  );
}

function ListPage(): JSX.Element {
  const load = useLoad('contact.list', {}), question = useSignal<Question | null>(null);
  const again = (): void => void load.again();
  return (
    <>
      <p>{t('contacts.intro')}</p>
      <p><a class="button" href={hashOf('contacts', 'sheet')}>{t('contacts.sheet')}</a></p>
      <Loaded load={load}>
        {({ contacts }) => (
          <>
            <Part title={t('contacts.table')}>
              <Table<Contact> title={t('contacts.table')} rows={contacts} keyOf={(row) => row.contact} none={t('contacts.none')}
                columns={[
                  { title: t('contacts.who'), cell: (row) => <><p class="strong">{nameOf(row)}</p><p>{row.desk ?? ''}</p></> },
                  { title: t('contacts.main'), cell: (row) => row.main ?? t('contacts.blank') },
                  { title: t('contacts.alternative'), cell: (row) => row.alternative ?? t('contacts.blank') },
                  { title: t('contacts.hours'), cell: (row) => row.hours ?? '' },
                  { title: t('contacts.tried'), cell: (row) => { const [mark, words] = standingOf(row); return <MarkView mark={mark} words={words} />; } },
                  ...(contacts.every((one) => one.main === undefined) ? [] : [{ title: t('contacts.act'), isAction: true, cell: (row: Contact) => <Acts one={row} question={question} again={again} /> }]),
                ]} />
            </Part>
            {may('incident.keep') && <Part title={t('contacts.edit')}>{contacts.map((one) => <Edit key={`${one.contact} ${one.stated ?? ''}`} one={one} again={again} />)}</Part>}
          </>
        )}
      </Loaded>
      <Ask question={question} />
    </>
  );
}

/** Who is told of an incident, and how (INC-02). */
export const ContactsPage = (): JSX.Element => (route.value[1] === 'sheet' ? <SheetPage /> : <ListPage />);
