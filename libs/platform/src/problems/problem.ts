/** What a sentence of the catalogue may be filled with. */
export type ProblemParam = string | number | boolean | null | readonly string[];
export type ProblemParams = Readonly<Record<string, ProblemParam>>;

/** One fault in what was sent: where (JSON pointer), which rule, and what its sentence needs. */
export interface FieldProblem {
  pointer: string;
  code: string;
  params?: ProblemParams;
}

/**
 * A request that is refused at the edge, before any rule of the business is asked.
 *
 * @example throw new Problem('payload_too_large', { max: '1 MB' });
 */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: string,
    readonly params: ProblemParams = {},
    readonly errors?: readonly FieldProblem[],
  ) {
    super(code);
  }
}
