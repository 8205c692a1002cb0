/** What a letter of the table stands for. */
export const letters: Readonly<Record<string, string>> = {
  '+': 'done',
  r: 'forbidden_role',
  n: 'not_found',
  l: 'not_a_lead_unit',
  p: 'not_a_provider',
  w: 'not_the_asking_unit',
  k: 'not_asked',
  d: 'not_an_addressee',
  x: 'nothing_to_restate',
  y: 'correction_not_found',
  z: 'edition_not_circulated',
  e: 'unit_ended',
  m: 'machine_needs_acting_for',
  a: 'needs_all_plans',
  o: 'delegation_not_own',
  u: 'same_unit',
};

/**
 * Who may do what to one plan's rows. One column for each of `people`, in that order: admin; the plan's office, another
 * office, the office's machine and the same acting for somebody; lead, joint lead, responsible, supporting, provider, owner,
 * member of a group, a unit that is named nowhere, a unit of another place, a joint lead that was merged sixteen days ago; the
 * leader in charge, a leader in charge of others, the leader of another plan; scheduler, auditor, auditor of another plan; a
 * division of the lead, and a member of the plan's office who belongs to the lead.
 */
export const table = `
operation                                             | ad of oo mc af ld jo re su pr ow me ap fo mg ic io ol sc au oa di sa
GET /v1/me                                            | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/plans                                         | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/plans/{plan}                                  | +  +  n  +  +  +  +  +  +  +  +  +  +  n  +  +  +  n  +  +  n  +  +
GET /v1/tasks                                         | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/tasks/{task}                                  | +  +  n  +  +  +  +  +  +  n  n  +  n  n  +  +  n  n  +  +  n  n  +
GET /v1/tasks/{task}/events                           | +  +  n  +  +  +  +  +  +  n  n  +  n  n  +  +  n  n  +  +  n  n  +
GET /v1/tasks/{task}/dossier                          | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +  n  r  +
GET /v1/tasks/{task}/report-form                      | +  +  n  +  +  +  +  n  n  n  n  n  n  n  +  +  n  n  +  +  n  n  +
GET /v1/indicators                                    | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/indicators/{indicator}                        | +  +  n  +  +  n  n  n  n  +  +  n  n  n  n  n  n  n  +  +  n  n  +
GET /v1/rounds                                        | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/rounds/{round}                                | +  +  n  +  +  +  +  +  +  +  +  +  +  n  +  +  +  n  +  +  n  +  +
GET /v1/obligations                                   | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/desk                                          | +  +  +  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +  +  r  +
GET /v1/alerts                                        | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/rounds/{round}/submissions/{unit}             | r  +  n  +  +  n  n  n  n  n  n  +  n  n  n  r  r  r  r  r  r  n  +
GET /v1/reminders                                     | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/reminders/{reminder}/why                      | +  +  n  +  +  +  n  n  n  n  n  n  n  n  n  +  n  n  +  +  n  n  +
GET /v1/rollups                                       | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/rollups/{rollup}                              | +  +  n  +  +  +  +  +  +  +  +  +  +  n  +  +  +  n  +  +  n  +  +
GET /v1/rollups/{rollup}/editions/{n}                 | +  +  n  +  +  +  +  +  +  +  +  +  +  n  +  +  +  n  +  +  n  +  +
GET /v1/quarters/{quarter}                            | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/units                                         | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/units/{unit}                                  | +  +  n  +  +  +  +  +  +  +  +  +  +  n  +  +  +  n  +  +  n  +  +
GET /v1/units/{unit}/scorecard                        | +  +  n  +  +  n  n  n  n  n  n  +  n  n  n  +  n  n  +  +  n  n  +
GET /v1/holidays                                      | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/groups                                        | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/groups/{group}                                | +  +  n  +  +  +  +  +  +  +  +  +  +  n  +  +  +  n  +  +  n  +  +
GET /v1/posts                                         | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/keys                                          | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
GET /v1/policies                                      | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
GET /v1/policies/{kind}                               | +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
POST /v1/plans                                        | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/plans/{plan}/sections                        | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/plans/{plan}/waivers                         | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/plans/{plan}/goal-holders                    | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/plans/{plan}/approval                        | +  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/plans/{plan}/issue                           | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/plans/{plan}/amendments                      | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/plans/{plan}/closure                         | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks                                        | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators                                   | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/acknowledgements                | r  +  n  +  +  +  +  +  +  n  n  +  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/reports                         | r  +  n  +  +  +  +  l  l  n  n  l  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/corrections                     | r  +  n  +  +  +  +  l  l  n  n  l  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/completions                     | r  +  n  +  +  +  +  l  l  n  n  l  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/extensions                      | r  +  n  +  +  +  +  l  l  n  n  l  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/extensions/{n}/withdrawal       | r  +  n  +  +  +  w  w  w  n  n  w  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/milestones                      | r  +  n  +  +  +  +  l  l  n  n  l  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/blockers                        | r  +  n  +  +  +  +  +  +  n  n  +  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/blockers/{n}/clearance          | r  +  n  +  +  +  +  +  +  n  n  +  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/contests                        | r  +  n  +  +  +  +  +  +  n  n  +  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/contests/{n}/decisions          | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/contributions                   | r  +  n  +  +  +  +  l  l  n  n  l  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/contributions/{n}/answers       | r  +  n  +  +  k  k  k  +  n  n  k  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/instructions                    | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  +  n  n  r  r  r  r  +
POST /v1/tasks/{task}/instructions/{n}/answers        | r  +  n  +  +  +  k  k  k  n  n  k  n  n  e  r  r  r  r  r  r  n  +
POST /v1/tasks/{task}/reviews                         | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  u
POST /v1/tasks/{task}/extensions/{n}/decisions        | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/assignments                     | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/reporting-lead                  | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/due-dates                       | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/amendments                      | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/new-milestones                  | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/milestone-dates                 | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/suspensions                     | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/resumptions                     | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/exemptions                      | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/cancellations                   | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/closures                        | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/tasks/{task}/reopenings                      | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/values                | r  +  n  +  +  n  n  n  n  +  p  n  n  n  e  r  r  r  r  r  r  n  +
POST /v1/indicators/{indicator}/revisions             | r  +  n  +  +  n  n  n  n  +  p  n  n  n  e  r  r  r  r  r  r  n  +
POST /v1/indicators/{indicator}/corrections           | r  +  n  +  +  n  n  n  n  +  p  n  n  n  e  r  r  r  r  r  r  n  +
POST /v1/indicators/{indicator}/confirmations         | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/rejections            | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/targets               | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/exemptions            | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/definitions           | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/cadence               | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/links                 | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/baselines             | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/new-targets           | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/comparators           | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/publication-days      | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/owners                | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/indicators/{indicator}/providers             | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/rounds                                       | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  +  r  r  r  +
POST /v1/rounds/{round}/open                          | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  +  r  r  r  +
POST /v1/rounds/{round}/due                           | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  +  r  r  r  +
POST /v1/rounds/{round}/close                         | +  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  m  r  r  r  +
PUT /v1/rounds/{round}/submissions/{unit}             | r  +  n  +  +  n  n  n  n  n  n  +  n  n  e  r  r  r  r  r  r  n  +
POST /v1/rounds/{round}/submissions/{unit}/hand-in    | r  +  n  +  +  n  n  n  n  n  n  +  n  n  e  r  r  r  r  r  r  n  +
POST /v1/rounds/{round}/submissions/{unit}/withdrawal | r  +  n  +  +  n  n  n  n  n  n  +  n  n  e  r  r  r  r  r  r  n  +
POST /v1/rounds/{round}/submissions/{unit}/return     | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/rounds/{round}/submissions/{unit}/acceptance | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/rounds/{round}/submissions/{unit}/waiver     | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/reports                                      | r  +  n  +  +  +  +  l  l  n  n  l  n  n  e  r  r  r  r  r  r  n  +
POST /v1/values                                       | r  +  n  +  +  n  n  n  n  +  p  n  n  n  e  r  r  r  r  r  r  n  +
POST /v1/acknowledgements                             | r  +  n  +  +  +  +  +  +  +  +  +  +  n  e  r  r  r  r  r  r  +  +
POST /v1/reminders/{reminder}/acknowledgements        | r  +  n  +  +  +  n  n  n  n  n  n  n  n  n  +  n  n  r  r  r  n  +
POST /v1/rollups                                      | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  +  r  r  r  +
POST /v1/evidence                                     | +  +  +  +  +  +  +  +  +  +  +  +  +  +  e  +  +  +  r  r  r  +  +
GET /v1/evidence/{sha256}                             | +  +  n  +  +  +  +  +  +  n  n  +  n  n  +  +  n  n  r  +  n  n  +
GET /v1/evidence/{sha256}/record                      | +  +  n  +  +  +  +  +  +  n  n  +  n  n  +  +  n  n  r  +  n  n  +
POST /v1/evidence/{sha256}/withdrawal                 | r  n  n  n  n  +  n  n  n  n  n  n  n  n  n  r  r  r  r  r  r  n  +
GET /v1/rollups/{rollup}/readings                     | +  +  n  +  +  +  +  +  +  +  +  +  +  n  +  +  +  n  +  +  n  +  +
GET /v1/rollups/{rollup}/diff                         | +  +  n  +  +  +  +  +  +  +  +  +  +  n  +  +  +  n  +  +  n  +  +
POST /v1/rollups/{rollup}/editions/{n}/circulation    | r  +  n  m  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +
POST /v1/rollups/{rollup}/editions/{n}/receipts       | r  z  n  z  z  z  z  z  z  +  +  z  z  n  e  n  n  n  r  r  r  z  z
POST /v1/rollups/{rollup}/explanations                | r  y  n  m  y  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  y
POST /v1/rollups/{rollup}/restate                     | r  +  n  m  x  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  x
POST /v1/units                                        | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/units/{unit}/renaming                        | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/units/{unit}/aliases                         | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/units/{unit}/move                            | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/units/{unit}/merger                          | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/units/{unit}/split                           | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/units/{unit}/closure                         | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/groups                                       | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/groups/{group}/members                       | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/groups/{group}/departures                    | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/posts                                        | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/posts/{post}/vacancy                         | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/holidays                                     | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/keys                                         | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/policies/backtest                            | +  +  n  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +  n  r  +
POST /v1/policies/{kind}                              | +  a  a  m  a  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  a
DELETE /v1/keys/{key}                                 | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
GET /v1/access                                        | +  +  +  +  +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  +  +  r  +
POST /v1/access                                       | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/access/{grant}/revocation                    | +  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r  r
POST /v1/delegations                                  | +  +  +  o  o  +  +  +  +  +  +  +  +  +  e  +  +  +  r  r  r  +  +
DELETE /v1/delegations/{delegation}                   | +  +  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  n  r  r  r  n  n
`;
