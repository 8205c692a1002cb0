import { sectionPath } from './sections.js';

const section = (code: string, parent: string | null) => ({ code, parent, title: code, clause: '' });

describe('sectionPath', () => {
  const sections = [section('7', null), section('7.2', '7'), section('7.2.3', '7.2')];
  const pathOf = (code: string) => sectionPath(sections, code).map(found => found.code);

  it('names the sections from the top down', () => expect(pathOf('7.2.3')).toEqual(['7', '7.2', '7.2.3']));
  it('is empty for an unknown section', () => expect(pathOf('8')).toEqual([]));
  it('ends on a circle in old data', () => {
    const circle = [section('1', '2'), section('2', '1')];
    expect(sectionPath(circle, '1').map(({ code }) => code)).toEqual(['2', '1']);
  });
});
