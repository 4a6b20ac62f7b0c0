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
export interface Document {
  readonly findings: readonly Finding[];
  readonly papers: readonly Paper[];
}

export const documentIn = (text: string): Document => JSON.parse(text) as Document;

/** By its id, so that a paper's row finds what answers it. */
export function findingsById(document: Document): ReadonlyMap<string, Finding> {
  return new Map(document.findings.map((one) => [one.fact, one]));
}
