import { ApiProperty } from '@nestjs/swagger';
import { type Dossier } from '@duban/view';

const object = { type: 'object', additionalProperties: true } as const;
const list = { type: 'array', items: { type: 'object', additionalProperties: true } } as const;

/** Everything that the record says about one task. */
export class DossierDto implements Dossier {
  @ApiProperty({ type: 'string', example: '004:5.3' })
  id!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  today!: string;

  @ApiProperty({
    ...object,
    description: 'The document, when it was issued, who approved it on which paper.',
  })
  plan!: Dossier['plan'];

  @ApiProperty({ ...object, description: 'Clause, sections, state, reports, completions, extensions, …' })
  task!: Dossier['task'];

  @ApiProperty({ ...list, description: 'Oddities of the document about this task.' })
  findings!: Dossier['findings'];

  @ApiProperty({ ...list, description: 'Who was named from which day on, by whom, on which paper.' })
  roles!: Dossier['roles'];

  @ApiProperty({ ...list, description: 'Units named that became others.' })
  successions!: Dossier['successions'];

  @ApiProperty({ ...list, description: 'Posts over these units and this plan, with their holders by id.' })
  posts!: Dossier['posts'];

  @ApiProperty({ ...list, description: 'Every due day that it has had.' })
  dues!: Dossier['dues'];

  @ApiProperty(list)
  milestones!: Dossier['milestones'];

  @ApiProperty({ ...list, description: 'What was owed by whom, and what became of it.' })
  obligations!: Dossier['obligations'];

  @ApiProperty({ ...list, description: 'Submissions that list this task.' })
  submissions!: Dossier['submissions'];

  @ApiProperty({ ...list, description: 'What was attached to which event.' })
  evidence!: Dossier['evidence'];

  @ApiProperty({ ...list, description: 'What the office or a leader decided, with reason and paper.' })
  decisions!: Dossier['decisions'];

  @ApiProperty({ ...object, description: '`sent`, and `notSent` with the reason of each.' })
  messages!: Dossier['messages'];

  @ApiProperty({ ...list, description: 'As known on each day, with the version of the rule.' })
  lights!: Dossier['lights'];

  @ApiProperty({ ...list, description: 'What each published edition said of it.' })
  published!: Dossier['published'];

  @ApiProperty({ ...list, description: 'The whole record of the task: who, when, through which door.' })
  events!: Dossier['events'];

  @ApiProperty({ ...object, description: 'The last version, its position and hash, to be verified.' })
  record!: Dossier['record'];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  names!: Dossier['names'];
}
