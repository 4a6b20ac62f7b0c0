import { accounts } from './accounts.ts';
import { board } from './board.ts';
import { box } from './box.ts';
import { capture } from './capture.ts';
import { certificates } from './certificates.ts';
import { changes } from './changes.ts';
import { detections } from './detections.ts';
import { contacts } from './contacts.ts';
import { diagnosis } from './diagnosis.ts';
import { evidence } from './evidence.ts';
import { fault } from './fault.ts';
import { incidents } from './incidents.ts';
import { lights } from './lights.ts';
import { logs } from './logs.ts';
import { maintenance } from './maintenance.ts';
import { network } from './network.ts';
import { noc } from './noc.ts';
import { problems } from './problems.ts';
import { refusals } from './refusals.ts';
import { separation } from './separation.ts';
import { setup } from './setup.ts';
import { shell } from './shell.ts';
import { support } from './support.ts';
import { template } from './template.ts';
import { traffic } from './traffic.ts';
import { update } from './update.ts';

/** Each text in Japanese and in English. `{name}` stands for what is filled in. */
export type Words = Readonly<Record<string, readonly [ja: string, en: string]>>;

/** Everything the pages say. */
export const words = { ...shell, ...board, ...box, ...certificates, ...network, ...noc, ...changes, ...detections, ...diagnosis, ...fault, ...capture, ...maintenance, ...lights, ...logs, ...evidence, ...incidents, ...contacts, ...accounts, ...problems, ...refusals, ...separation, ...setup, ...support, ...template, ...traffic, ...update } as const;
