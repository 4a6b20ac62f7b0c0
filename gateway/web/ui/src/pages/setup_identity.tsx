import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Notice, Pairs } from '../parts/notice.tsx';
import { language } from '../state/language.ts';
import { whenText } from '../text/format.ts';
import { t } from '../words/index.ts';

/** All of it in groups of four, as it stands on the label. */
const grouped = (digits: string): string => digits.replace(/(.{4})(?=.)/g, '$1 ');

/** The certificate that the box shows to browsers, to be compared. */
export function Identity({ given }: { given: Schemas['BoxIdentity'] }): JSX.Element {
  if (given.sha256 === undefined) return <Notice mark="bad"><p>{t('setup.identity_none')}</p></Notice>;
  return (
    <Pairs rows={[
      [t('setup.subject'), given.subject],
      [t('setup.serial'), <code>{given.serial}</code>],
      [t('setup.fingerprint'), <code>{grouped(given.sha256)}</code>],
      [t('setup.until'), whenText(given.until, language.value)],
    ]} />
  );
}
