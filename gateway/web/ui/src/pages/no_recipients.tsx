import type { JSX } from 'preact';

import { Notice } from '../parts/notice.tsx';
import { hashOf } from '../state/route.ts';
import { may } from '../state/session.ts';
import { t } from '../words/index.ts';

/** Nothing is made that nobody could open; where that is mended. */
export const NoRecipients = (): JSX.Element => (
  <Notice mark="warn">
    <p>{t('support.no_recipients')}</p>
    {may('config.stage') && <p><a href={hashOf('changes')}>{t('page.changes')}</a></p>}
  </Notice>
);
