import { type Type as Class } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';

type Values = Readonly<Record<string, unknown>>;
type Test = (value: unknown, object: Values) => boolean;
type Rule = { when: readonly Test[]; tests: readonly Test[]; part: (() => Class) | null };
type Rules = ReadonlyMap<string, Rule>;
type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

const parts = new WeakMap<object, Map<string, () => Class>>();
const compiled = new WeakMap<Class, Rules | null>();

/** Remembers of which DTO the objects in a field are. */
export function IsPartOf(of: () => Class): PropertyDecorator {
  return (target, property) => {
    const known = parts.get(target.constructor) ?? new Map<string, () => Class>();
    parts.set(target.constructor, known.set(String(property), of));
  };
}

/**
 * Whether an object without null and undefined surely keeps all rules of a DTO, by the same rules as class-validator
 * finds on it, but without a record of what was looked at: nearly all bodies are right. What does not pass, or has a
 * rule of a kind that is not known here, is for class-validator to judge.
 */
export function passes(type: Class, object: object): boolean {
  const rules = rulesOf(type);
  if (!rules) return false;
  const values = object as Values;
  for (const key of Object.keys(values)) if (!rules.has(key)) return false;
  for (const [property, rule] of rules) if (!keeps(rule, values[property], values)) return false;
  return true;
}

/** The fields of a DTO and of which DTO their objects are; null for one that only class-validator can judge. */
export function rulesOf(type: Class): Rules | null {
  const known = compiled.get(type);
  if (known !== undefined) return known;
  const rules = compile(type);
  compiled.set(type, rules);
  return rules;
}

function keeps({ when, tests, part }: Rule, value: unknown, object: Values): boolean {
  for (const isAsked of when) if (!isAsked(value, object)) return true;
  for (const test of tests) if (!test(value, object)) return false;
  if (!part || value === undefined) return true;
  const of = part();
  return Array.isArray(value) ? value.every(item => isMember(of, item)) : isMember(of, value);
}

const isMember = (of: Class, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && passes(of, value);

function compile(type: Class): Rules | null {
  const storage = getMetadataStorage();
  const grouped = storage.groupByPropertyName(
    storage.getTargetValidationMetadatas(type, '', false, false, undefined),
  );
  const rules = Object.entries(grouped).map(([property, all]) => [property, ruleOf(type, property, all)]);
  return rules.every((entry): entry is [string, Rule] => entry[1] !== null) ? new Map(rules) : null;
}

function ruleOf(type: Class, property: string, all: readonly Metadata[]): Rule | null {
  const of = (kind: string) => all.filter(each => each.type === kind);
  const tests = [...of(ValidationTypes.IS_DEFINED), ...of(ValidationTypes.CUSTOM_VALIDATION)];
  const when = of(ValidationTypes.CONDITIONAL_VALIDATION);
  const nested = of(ValidationTypes.NESTED_VALIDATION);
  const part = partOf(type, property);
  const isKnown = tests.length + when.length + nested.length === all.length;
  if (!isKnown || nested.length > 0 !== (part !== null)) return null;
  return { when: when.map(condition), tests: tests.flatMap(testsOf), part };
}

function partOf(type: Class, property: string): (() => Class) | null {
  for (let at: object | null = type; at; at = Object.getPrototypeOf(at) as object | null) {
    const part = parts.get(at)?.get(property);
    if (part) return part;
  }
  return null;
}

function condition({ constraints }: Metadata): Test {
  const isAsked = constraints[0] as (object: object, value: unknown) => boolean;
  return (value, object) => isAsked(object, value);
}

function testsOf(metadata: Metadata): Test[] {
  const { constraintCls, constraints, each, propertyName, validateIf } = metadata;
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => (value, object) => {
      if (validateIf && !validateIf(object, value)) return true;
      const about = { targetName: '', property: propertyName, object, value, constraints };
      // A promise is not true: what is looked up elsewhere is for class-validator.
      const holds = (one: unknown) => instance.validate(one, about) === true;
      return each && Array.isArray(value) ? value.every(holds) : holds(value);
    });
}
