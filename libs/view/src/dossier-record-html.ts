import { html, lightSign, type Markup, saidPost, saidReason } from '@duban/rollup';
import { on, who } from './dossier-cells.js';
import { type Dossier } from './dossier-model.js';
import { type Column, heading, table } from './page.js';
import { saidUnsent, term, words } from './words.js';

/** What was sent to whom, and what was not, and why. */
export function messages(dossier: Dossier): Markup {
  return html`<section>
    ${heading({ zh: '提醒与督办', en: 'messages' })} ${sent(dossier)} ${notSent(dossier)}
  </section>`;
}

function sent(dossier: Dossier): Markup {
  const columns: readonly Column[] = [
    ['日期', 'on'],
    ['事项', 'about'],
    ['阶段', 'stage'],
    ['收件', 'to'],
    ['结果', 'fate'],
    ['规则', 'policy'],
  ];
  const lines = dossier.messages.sent.map(
    ({ issuedOn, kind, subject, stage, stageKind, recipient, fate, policy }) => [
      on(issuedOn),
      html`${term(words.kind, kind)} <span class="code">${subject}</span>`,
      html`${stage} ${term(words.stage, stageKind)}`,
      html`${saidPost(recipient, dossier.names).zh} <small>${recipient}</small>`,
      term(words.fate, fate),
      policy,
    ],
  );
  return table({ zh: '已发', en: 'sent' }, columns, lines);
}

function notSent({ messages: { notSent: stages } }: Dossier): Markup {
  const columns: readonly Column[] = [
    ['日期', 'on'],
    ['事项', 'about'],
    ['阶段', 'stage'],
    ['原因', 'why'],
  ];
  const lines = stages.map(({ on: day, obligationKind, subject, stage, why }) => {
    const { zh, en } = saidUnsent(why);
    return [
      on(day),
      html`${term(words.kind, obligationKind)} <span class="code">${subject}</span>`,
      stage,
      html`${zh} <small lang="en">${en}</small>`,
    ];
  });
  return table({ zh: '未发及原因', en: 'not sent, and why' }, columns, lines);
}

/** Which light it had when, by which rule: as known on each day, and as published. */
export function lightsOver(dossier: Dossier): Markup {
  const columns: readonly Column[] = [
    ['自', 'from'],
    ['灯', 'light'],
    ['原因', 'why'],
    ['规则', 'rule'],
    ['依据', 'events'],
  ];
  return html`<section>
    ${heading({ zh: '灯的变化', en: 'lights over time' })}
    ${table(
      { zh: '逐日所知', en: 'as known on each day' },
      columns,
      dossier.lights.map(({ from, colour, reason, params, rule, events }) => [
        on(from),
        lightSign(colour),
        saidReason(reason, params, dossier.names).zh,
        rule,
        html`${events.map(({ stream, type, n }) => html`<small>${stream} ${type}${n !== undefined && ` #${n}`}</small><br />`)}`,
      ]),
    )}
    ${table(
      { zh: '通报所载', en: 'as published' },
      [
        ['通报', 'edition'],
        ['截至', 'known on'],
        ['灯', 'light'],
        ['原因', 'why'],
        ['规则', 'rule'],
      ],
      dossier.published.map(({ edition, cutoffOn, line: { light } }) => [
        edition,
        on(cutoffOn),
        lightSign(light.colour),
        saidReason(light.reason, light.params, dossier.names).zh,
        light.rule,
      ]),
    )}
  </section>`;
}

/** The record itself, event by event. */
export function trail(dossier: Dossier): Markup {
  return html`<section>
    ${heading({ zh: '全部记录', en: 'the record' })}
    ${table(
      { zh: '逐条', en: 'event by event' },
      [
        ['版本', 'version', 'n'],
        ['事件', 'event'],
        ['记录于', 'recorded at'],
        ['生效日', 'effective on'],
        ['谁', 'by'],
        ['渠道', 'channel'],
        ['位置', 'position', 'n'],
      ],
      dossier.events.map(each => [
        each.version,
        each.type,
        each.recordedAt,
        on(each.effectiveOn),
        who(dossier, each),
        each.channel,
        each.position,
      ]),
    )}
  </section>`;
}
