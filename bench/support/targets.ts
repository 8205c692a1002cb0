/** What is to be reached: a case, measured against another one of the same scenario or as it is. */
export interface Target {
  readonly what: string;
  /** The case that is judged, as `nameOf` names it. */
  readonly of: string;
  /** The baseline; without one the figure itself is judged. */
  readonly against?: string;
  /** More of a rate is better; less of the others. Default: rate. */
  readonly measure?: 'rate' | 'p99' | 'rss';
  readonly least: number;
  readonly moon: number;
}
