import { type Calendar, elapsedShare, periodEnd } from '@duban/calendar';
import { type Attainment, attain, availabilityOf, type Indicator, periodsOf, plannedFor, targetFor, valueKnownBy } from '@duban/indicator';
import { light, type Light, type Moment } from './light.js';
import { type Obligation } from './obligation.js';

/** An indicator at a moment: what was to be reached, what was, by which rule, and the colour with its reason. */
export type IndicatorLight = {
  id: string;
  period: string; // the period of the figure: the year for annual figures
  value: number | null;
  parts: { have: number; of: number; absent: readonly string[] };
  planned: number | null;
  derived: boolean; // no figure is stated for the period: the straight line was taken
  target: { floor: number; stretch: number | null; bound: string; version: number } | null;
  original: { floor: number; stretch: number | null } | null; // set when the target was revised
  attainment: Attainment | null;
  light: Light;
};
