import type { JSX } from 'preact';

import { call, placeOf } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Pairs, Part, ProblemView } from '../parts/notice.tsx';
import { Table, Tabs } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { hashOf, route } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { documentIn } from '../text/evidence.ts';
import { whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';
import { FormPage, FormsView, formsPart } from './evidence_forms.tsx';
import { FactsView, PaperView } from './evidence_paper.tsx';
import { MakeOfMonths, TakeSome } from './evidence_take.tsx';

type Evidence = Schemas['Evidence'];
type Pack = Schemas['EvidencePack'];
const pollEach = 3000;  // milliseconds; a signature takes a moment

const countsOf = (one: Evidence): string => t('evidence.counts', { shown: one.shown, design: one.by_design, attention: one.attention, unknown: one.unknown });
const Signature = ({ given }: { given: Evidence }): JSX.Element =>
  given.signed ? <MarkView mark="good" words={t('evidence.signed')} /> : <MarkView mark="unknown" words={t('evidence.unsigned')} />;

function Take({ given }: { given: Evidence }): JSX.Element | null {
  if (!given.signed) return null;
  const n = given.evidence;
  return <a class="button" download href={placeOf('evidence.take', { evidence: n })} aria-label={t('evidence.take_of', { n })}>{t('evidence.take')}</a>;
}

function Make({ again }: { again: () => void }): JSX.Element {
  const make = useAction<[]>(async () => {
    const made = await call('evidence.make', { body: {} });
    if (made.ok) say(t('evidence.made', { n: made.value.evidence })), again();
    return made;
  });
  return (
    <>
      <ProblemView problem={make.problem.value} />
      <div class="buttons"><Button kind="main" busy={make.isBusy.value} onClick={() => void make.run()}>{t('evidence.make')}</Button></div>
    </>
  );
}

function Packs({ given }: { given: Schemas['EvidenceList'] }): JSX.Element {
  return (
    <Part title={t('evidence.packs')}>
      {given.refused.map((one) => <Notice key={one.file} mark="bad"><p>{t('evidence.refused', { file: one.file, why: one.why })}</p></Notice>)}
      <Table<Pack> title={t('evidence.packs')} rows={given.packs} keyOf={(row) => row.pack} none={t('evidence.no_packs')}
        columns={[
          { title: t('evidence.pack'), cell: (row) => <code>{row.pack}</code> },
          { title: t('evidence.edition'), cell: (row) => `${row.title} ${row.edition}` },
          { title: t('evidence.pack_signed'), cell: (row) => wordOf('evidence.pack_signed', String(row.signed)) },
          { title: t('evidence.digest'), cell: (row) => <code class="whole">{row.sha256.slice(0, 12)}…</code> },
        ]} />
    </Part>
  );
}

function ListPage(): JSX.Element {
  const load = useLoad('evidence.list', {}, pollEach);
  return (
    <>
      <p>{t('evidence.intro')}</p>
      {may('evidence.make') && <><Make again={() => void load.again()} /><MakeOfMonths again={() => void load.again()} /></>}
      <Loaded load={load}>
        {(given) => (
          <>
            <Part title={t('evidence.table')}>
              <Table<Evidence> title={t('evidence.table')} rows={given.evidence} keyOf={(row) => row.evidence} none={t('evidence.none')}
                columns={[
                  { title: t('evidence.number'), cell: (row) => row.evidence, isNumber: true },
                  { title: t('evidence.when'), cell: (row) => whenText(row.made, language.value) },
                  { title: t('evidence.by'), cell: (row) => row.by },
                  { title: t('evidence.findings'), cell: countsOf },
                  { title: t('evidence.signature'), cell: (row) => <Signature given={row} /> },
                  { title: t('evidence.act'), isAction: true, cell: (row) => (
                    <>
                      <a class="button" href={hashOf('evidence', row.evidence)} aria-label={t('evidence.look_of', { n: row.evidence })}>{t('evidence.look')}</a>
                      <Take given={row} />
                    </>
                  ) },
                ]} />
              <p class="help">{t('evidence.take_help')}</p>
              <p class="help">{t('evidence.forms_where')}</p>
            </Part>
            <Packs given={given} />
          </>
        )}
      </Loaded>
    </>
  );
}

const noDocument = '{"site":"","findings":[],"papers":[],"forms":[]}';

function Shown({ given, part }: { given: Evidence; part: string | undefined }): JSX.Element {
  const document = documentIn(given.document ?? noDocument);
  const papers = document.papers.map((paper) => ({ title: `${paper.title} ${paper.edition}`, show: () => <PaperView document={document} paper={paper} /> }));
  return (
    <>
      <Pairs rows={[
        [t('evidence.when'), whenText(given.made, language.value)],
        [t('evidence.by'), given.by],
        [t('evidence.generation'), given.generation],
        [t('evidence.findings'), countsOf(given)],
        [t('evidence.signature'), <Signature given={given} />],
        given.signer !== undefined && [t('evidence.signer'), <code>{given.signer}</code>],
      ]} />
      <div class="buttons"><Take given={given} /></div>
      {given.signed && <TakeSome document={document} number={given.evidence} />}
      <Tabs first={part === formsPart ? papers.length + 1 : 0} views={[
        { title: t('evidence.facts'), show: () => <FactsView document={document} /> }, ...papers,
        { title: t('evidence.forms'), show: () => <FormsView document={document} number={given.evidence} /> },
      ]} />
    </>
  );
}

function OnePage({ number }: { number: number }): JSX.Element {
  const load = useLoad('evidence.show', { path: { evidence: number } }), [, , part, form] = route.value;
  if (form !== undefined)
    return <Loaded load={load}>{(given) => <FormPage number={number} made={given.made} text={given.document ?? noDocument} id={form} />}</Loaded>;
  return (
    <>
      <p><a href={hashOf('evidence')}>{t('evidence.back')}</a></p>
      <h2>{t('evidence.title', { n: number })}</h2>
      <Loaded load={load}>{(given) => <Shown given={given} part={part} />}</Loaded>
    </>
  );
}

export function EvidencePage(): JSX.Element {
  const number = Number(route.value[1]);
  return Number.isInteger(number) && number > 0 ? <OnePage key={number} number={number} /> : <ListPage />;
}
