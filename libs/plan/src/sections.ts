import { type FieldError, Rejection } from '@duban/event-store';
import type { Section } from './plan-model.js';

/**
 * Refuses sections that are no tree, naming every fault with its pointer. Codes: `section_code_twice`,
 * `section_parent_missing`, `section_circle`.
 */
export function refuseBrokenTree(sections: readonly Section[]): void {
  const errors = [...twice(sections), ...orphans(sections), ...circles(sections)];
  const [first] = errors;
  if (first) throw new Rejection(first.code, first.params, errors);
}

/** The section and those above it, the uppermost first; empty for an unknown code. Ends on a circle in old data. */
export function sectionPath(sections: readonly Section[], code: string): Section[] {
  const byCode = new Map(sections.map(section => [section.code, section]));
  const path = new Set<Section>();
  for (let next = byCode.get(code); next && !path.has(next);) {
    path.add(next);
    next = next.parent === null ? undefined : byCode.get(next.parent);
  }
  return [...path].reverse();
}

function twice(sections: readonly Section[]): FieldError[] {
  const seen = new Set<string>();
  return sections.flatMap(({ code }, index) => {
    if (!seen.has(code)) {
      seen.add(code);
      return [];
    }
    return { pointer: `/sections/${index}/code`, code: 'section_code_twice', params: { section: code } };
  });
}

function orphans(sections: readonly Section[]): FieldError[] {
  const codes = new Set(sections.map(({ code }) => code));
  return sections.flatMap(({ code, parent }, index) =>
    parent === null || codes.has(parent)
      ? []
      : {
          pointer: `/sections/${index}/parent`,
          code: 'section_parent_missing',
          params: { section: code, parent },
        },
  );
}

function circles(sections: readonly Section[]): FieldError[] {
  const parents = new Map(sections.map(({ code, parent }) => [code, parent]));
  return sections.flatMap(({ code }, index) =>
    isOwnAncestor(code, parents)
      ? { pointer: `/sections/${index}/parent`, code: 'section_circle', params: { section: code } }
      : [],
  );
}

function isOwnAncestor(code: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let above = parents.get(code); above && !seen.has(above); above = parents.get(above)) {
    if (above === code) return true;
    seen.add(above);
  }
  return false;
}
