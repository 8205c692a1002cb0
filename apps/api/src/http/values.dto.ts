import { type Due, type Evidence, type Paper } from '@duban/platform';
import { DayField, OneOf, Sha256, Text, WebAddress } from './fields.js';

export class PaperDto implements Paper {
  @Text({ max: 200, example: '潭科发〔2023〕12号' })
  number!: string;

  @DayField()
  on!: string;

  @Sha256({ optional: true })
  sha256?: string;
}

/** Of a unit, where the office enters it. */
export const enteredPaper = {
  optional: true,
  about: 'The paper that the office enters for the unit; or else its stored file stands in the evidence.',
} as const;

export class EvidenceDto implements Evidence {
  @Text({ max: 200, example: '验收证书' })
  title!: string;

  @Sha256({ optional: true, about: 'Of the stored file.' })
  sha256?: string;

  @WebAddress({ optional: true })
  url?: string;
}

export class DueDto implements Due {
  @DayField()
  on!: string;

  @OneOf(['stated', 'presumed'], { about: 'Whether the document says so, or a default does.' })
  basis!: Due['basis'];

  @Text({ max: 500, example: '7月底前' })
  clause!: string;

  @OneOf(['year'], { optional: true, about: 'Each year of the plan again; `on` is the first.' })
  every?: 'year';
}
