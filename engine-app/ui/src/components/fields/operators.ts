import type { Field } from '@/api/getSchema';
import { type Operator, OPERATOR_WORDS } from '@/lib/filter/model';

const TEXT: Operator[] = [
  'equals',
  'notEquals',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'in',
  'notIn',
  'empty',
  'notEmpty',
];
const NUMBER: Operator[] = [
  'equals',
  'notEquals',
  'greater',
  'greaterOrEqual',
  'less',
  'lessOrEqual',
  'between',
  'empty',
  'notEmpty',
];
const TIME: Operator[] = [
  'on',
  'before',
  'after',
  'between',
  'withinLast',
  'withinNext',
  'onWeekday',
  'empty',
  'notEmpty',
];
const CHOICE: Operator[] = ['equals', 'notEquals', 'in', 'notIn', 'empty', 'notEmpty'];
const CHANGES: readonly Operator[] = ['changed', 'changedFrom', 'changedTo'];

const BY_TYPE: Record<string, Operator[]> = {
  wholeNumber: NUMBER,
  decimal: NUMBER,
  money: NUMBER,
  boolean: ['equals', 'notEquals'],
  date: TIME,
  dateTime: TIME,
  dropdown: CHOICE,
  multiSelect: ['contains', 'notContains', 'empty', 'notEmpty'],
  user: CHOICE,
  recordLink: CHOICE,
  longText: ['contains', 'notContains', 'empty', 'notEmpty'],
};

/** The comparisons that a field offers, as the server names them or else by its type. */
export function operatorsOf(field: Pick<Field, 'type' | 'operators'>, withChanges: boolean): Operator[] {
  const named = (field.operators ?? []).filter((name): name is Operator => name in OPERATOR_WORDS);
  const offered = named.length > 0 ? named : (BY_TYPE[field.type] ?? TEXT);
  const plain = offered.filter((operator) => !CHANGES.includes(operator));
  return withChanges ? [...plain, ...CHANGES] : plain;
}

export type OperandShape = 'none' | 'one' | 'two' | 'many' | 'period' | 'weekdays';

/** What a comparison needs beside its field. */
export function shapeOf(operator: Operator): OperandShape {
  switch (operator) {
    case 'empty':
    case 'notEmpty':
    case 'changed':
      return 'none';
    case 'between':
      return 'two';
    case 'in':
    case 'notIn':
      return 'many';
    case 'withinLast':
    case 'withinNext':
      return 'period';
    case 'onWeekday':
      return 'weekdays';
    default:
      return 'one';
  }
}
