/** A filter as the server's grammar knows it. */
export type Filter = And | Or | Not | Test;

export interface And {
  kind: 'and';
  parts: Filter[];
}
export interface Or {
  kind: 'or';
  parts: Filter[];
}
export interface Not {
  kind: 'not';
  part: Filter;
}
export interface Test {
  kind: 'test';
  /** The key of the field; empty for tests without one (has tag, in list). */
  field: string;
  operator: Operator;
  operands: Operand[];
}

export type Operand = Literal | Relative;
export interface Literal {
  kind: 'literal';
  text: string;
}
export interface Relative {
  kind: 'relative';
  anchor: 'now' | 'today';
  amount: number;
  unit: Unit;
}

export const UNITS = ['minutes', 'hours', 'days', 'weeks', 'months', 'years'] as const;
export type Unit = (typeof UNITS)[number];

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** The comparisons, named as conditions name them in JSON, with how the grammar writes them. */
export const OPERATOR_WORDS = {
  equals: '=',
  notEquals: '!=',
  contains: 'contains',
  notContains: 'not contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  in: 'in',
  notIn: 'not in',
  between: 'between',
  greater: '>',
  greaterOrEqual: '>=',
  less: '<',
  lessOrEqual: '<=',
  empty: 'is empty',
  notEmpty: 'is not empty',
  before: 'before',
  after: 'after',
  on: 'on',
  withinLast: 'within last',
  withinNext: 'within next',
  onWeekday: 'on weekday',
  changed: 'changed',
  changedFrom: 'changed from',
  changedTo: 'changed to',
  hasTag: 'has tag',
  hasNoTag: 'has no tag',
  inList: 'in list',
  notInList: 'not in list',
  hasActivity: 'has activity',
  hasNoActivity: 'has no activity',
} as const;
export type Operator = keyof typeof OPERATOR_WORDS;

export const OPPOSITES: Partial<Record<Operator, Operator>> = {
  equals: 'notEquals',
  notEquals: 'equals',
  contains: 'notContains',
  notContains: 'contains',
  in: 'notIn',
  notIn: 'in',
  empty: 'notEmpty',
  notEmpty: 'empty',
  hasTag: 'hasNoTag',
  hasNoTag: 'hasTag',
  inList: 'notInList',
  notInList: 'inList',
  hasActivity: 'hasNoActivity',
  hasNoActivity: 'hasActivity',
};

/** Operators that need no field. */
export const FIELDLESS: readonly Operator[] = [
  'hasTag',
  'hasNoTag',
  'inList',
  'notInList',
  'hasActivity',
  'hasNoActivity',
];

export function literal(text: string): Literal {
  return { kind: 'literal', text };
}
