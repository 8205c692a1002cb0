import { grantedRoles } from '@duban/access';
import { type DelegationInput, type GrantInput } from '@duban/supervision';
import { DayField, Key, OneOf, Part, Text, Texts } from '../http/fields.js';
import { PaperDto } from '../http/values.dto.js';

export class NewGrantDto implements GrantInput {
  @Key({ example: 'p-017', about: 'The id of the person or machine.' })
  holder!: string;

  @OneOf(grantedRoles)
  role!: GrantInput['role'];

  @Key({ optional: true, example: 'xiangtan:市科技局', about: 'The unit, for the role `unit`.' })
  unit?: string;

  @Texts({ max: 500, optional: true, about: 'The units that a leader is in charge of; all when left out.' })
  units?: string[];

  @Texts({
    ...{ max: 100, longest: 64, optional: true, example: ['004'] },
    about: 'For the roles `office` and `leader`: plans by code, or `*`.',
  })
  plans?: string[];

  @DayField({ optional: true, about: 'The first day; today when left out.' })
  from?: string;

  @DayField({ optional: true, about: 'The last day; until it is revoked when left out.' })
  to?: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

export class RevocationDto {
  @Text({ max: 2000, example: '岗位调整' })
  reason!: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

export class NewDelegationDto implements DelegationInput {
  @Key({ example: 'p-018', about: 'The id of the person who may act in your name.' })
  delegate!: string;

  @DayField({ optional: true, about: 'The first day; today when left out.' })
  from?: string;

  @DayField({ about: 'The last day.' })
  to!: string;

  @Key({ optional: true, example: 'p-017', about: 'Whose, when an administrator gives it for somebody.' })
  giver?: string;

  @OneOf(grantedRoles, { optional: true, about: 'Yours; an administrator says which.' })
  role?: DelegationInput['role'];

  @Key({ optional: true, example: 'xiangtan:市科技局', about: 'Yours; an administrator says which.' })
  unit?: string;
}
