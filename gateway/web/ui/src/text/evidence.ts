// The document of evidence, sekisho.evidence/1, as far as the page shows it.

export interface Said {
  readonly ja: string;
  readonly en: string;
}
export type FactState = 'shown' | 'by_design' | 'unknown' | 'attention';

export interface Finding {
  readonly fact: string;
  readonly control: string;
  readonly label: Said;
  readonly state: FactState;
  readonly says: readonly Said[];
}
export interface Blank {
  readonly name: string;
  readonly owner: string;
}
export interface Row {
  readonly id: string;
  readonly heading: string;
  readonly asks: string;
  readonly grade: string;
  readonly state: FactState;
  readonly answers: readonly string[];
  readonly blanks: readonly Blank[];
}
export interface Paper {
  readonly pack: string;
  readonly title: string;
  readonly edition: string;
  readonly standing: string;
  readonly rows: readonly Row[];
}
/** A sheet that people fill in and sign: a consent, questions to a vendor, a month's report. */
export interface Form {
  readonly form: string;
  readonly title: Said;
  readonly says: readonly Said[];
  readonly table: { readonly columns: readonly Said[]; readonly rows: readonly (readonly string[])[]; readonly left_out: number };
  readonly text: string;
  readonly blanks: readonly Said[];
  readonly sources: readonly { readonly what: Said; readonly which: string }[];
}
export interface Document {
  readonly site: string;
  readonly findings: readonly Finding[];
  readonly papers: readonly Paper[];
  readonly forms: readonly Form[];
}

export const documentIn = (text: string): Document => JSON.parse(text) as Document;

/** By its id, so that a paper's row finds what answers it. */
export function findingsById(document: Document): ReadonlyMap<string, Finding> {
  return new Map(document.findings.map((one) => [one.fact, one]));
}

/** What can be taken along by itself: the file's name without its ending, and the title that people know. */
export function namesOf({ papers, forms }: Document, language: 'ja' | 'en'): readonly { readonly name: string; readonly title: string }[] {
  return [...papers.map((one) => ({ name: `paper-${one.pack}`, title: `${one.title} ${one.edition}` })),
    ...forms.map((one) => ({ name: `form-${one.form}`, title: one.title[language] }))];
}

const month = /^20\d\d-(0[1-9]|1[0-2])$/;
/** Which of the two months is not as it has to be, such as 2026-08; both may be left empty. */
export function wrongMonths(from: string, until: string): 'from' | 'until' | null {
  if (from !== '' && !month.test(from)) return 'from';
  return until !== '' && (!month.test(until) || until < from) ? 'until' : null;
}
