import { type Calendar, type Day } from '@duban/calendar';
import { type PlanLedger } from '@duban/ledger';
import { type Draw } from './draw.js';

/** What everyone who acts knows: the ledger of one plan as it stands, the day, and the draws of this demo. */
export type Standing = { ledger: PlanLedger; day: Day; calendar: Calendar; draw: Draw };
