import { type Edition } from './edition-model.js';
import { effectsOf } from './effects.js';

type Line = { colour?: string; indicator?: string };

const [figure, task, unit, other] = ['004:i19', '004:3.1', 'xiangtan:市科技局', 'xiangtan:市财政局'];

/** As much of an edition as a correction of its one figure, or of its one task, can touch. */
function saying(
  actual: number | null,
  { colour = 'green' }: Line = {},
  {
    of = {},
    ranks = {},
    percent = 50,
  }: { of?: Line; ranks?: Record<string, number>; percent?: number | null } = {},
): Edition {
  const ranked = Object.entries(ranks).map(([named, rank]) => ({ unit: named, rank }));
  return {
    indicators: [{ id: figure, actual, light: { colour, params: {} }, owners: [unit], providers: [other] }],
    tasks: [
      {
        ...{ id: task, percent, leads: [unit] },
        light: { colour: of.colour ?? 'green', params: of.indicator ? { indicator: of.indicator } : {} },
      },
    ],
    ranking: { tables: [{ ranked, tooFew: [] }] },
  } as unknown as Edition;
}

const effects = (before: Edition, after: Edition, subject: string = figure) =>
  effectsOf({ subject }, before, after);

describe('what a correction comes to in an edition', () => {
  it.each<[string, number | null, number | null, boolean]>([
    ['nothing', 1000, 1000, false],
    ['5 % exactly, up', 1000, 1050, false],
    ['5 % exactly, down', 1000, 950, false],
    ['5 % exactly of a fraction', 0.1, 0.105, false],
    ['a hair more than 5 %', 1000, 1050.01, true],
    ['a hair more than 5 %, down', 1000, 949.99, true],
    ['a sign', 10, -10, true],
    ['little of a negative figure', -1000, -1050, false],
    ['much of a negative figure', -1000, -1051, true],
    ['anything from zero', 0, 0.001, true],
    ['zero that stays', 0, 0, false],
    ['a figure down to zero', 1000, 0, true],
    ['a first figure', null, 1000, true],
    ['a figure that falls away', 1000, null, true],
    ['no figure at all', null, null, false],
  ])('counts as a figure when it is more than 5 %%: %s', (_, from, to, counts) =>
    expect(effects(saying(from), saying(to))).toEqual(counts ? ['figure'] : []),
  );

  it('is a light alone when the figure hardly changes', () =>
    expect(effects(saying(1000), saying(999, { colour: 'amber' }))).toEqual(['light']));

  it('is the light of a task that is judged by the figure, before or after', () => {
    const judged = saying(999, {}, { of: { colour: 'amber', indicator: figure } });
    expect(effects(saying(1000), judged)).toEqual(['light']);
    expect(effects(judged, saying(1000))).toEqual(['light']);
  });

  it('is no light of a task that is judged by another figure', () =>
    expect(effects(saying(1000), saying(999, {}, { of: { colour: 'amber', indicator: '004:i1' } }))).toEqual(
      [],
    ));

  it('is a rank when two change places', () =>
    expect(
      effects(
        saying(1000, {}, { ranks: { [unit]: 1, [other]: 2 } }),
        saying(1001, {}, { ranks: { [unit]: 2, [other]: 1 } }),
      ),
    ).toEqual(['rank']));

  it('is a rank when a unit gets or loses its place', () => {
    const [placed, unplaced] = [saying(1000, {}, { ranks: { [unit]: 1 } }), saying(1000)];
    expect([effects(placed, unplaced), effects(unplaced, placed)]).toEqual([['rank'], ['rank']]);
  });

  it('is no rank of units that it does not concern', () =>
    expect(
      effects(saying(1000, {}, { ranks: { x: 1, y: 2 } }), saying(1000, {}, { ranks: { x: 2, y: 1 } })),
    ).toEqual([]));

  it('is all of it at once', () =>
    expect(
      effects(
        saying(1000, {}, { ranks: { [unit]: 1 } }),
        saying(800, { colour: 'red' }, { ranks: { [unit]: 3 } }),
      ),
    ).toEqual(['light', 'rank', 'figure']));

  it('holds percent against percent where a report was put right', () => {
    const told = (percent: number | null) => saying(1000, {}, { percent });
    expect(effects(told(60), told(63), task)).toEqual([]);
    expect(effects(told(60), told(64), task)).toEqual(['figure']);
  });
});
