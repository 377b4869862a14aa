import { quoted } from '../searchFilter';
import { type Filter, type Operand, OPERATOR_WORDS, OPPOSITES, type Relative, type Test } from './model';
import { isBare } from './parse';

const KEYWORDS = new Set(['and', 'or', 'not', 'has', 'in']);

function field(key: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !KEYWORDS.has(key.toLowerCase());
  return plain ? key : `\`${key}\``;
}

function period(operand: Operand | undefined): string {
  return operand?.kind === 'relative' ? `${Math.abs(operand.amount)} ${operand.unit}` : '1 days';
}

function relative({ anchor, amount, unit }: Relative): string {
  if (amount === 0) return anchor;
  return `${anchor} ${amount < 0 ? '-' : '+'} ${Math.abs(amount)} ${unit}`;
}

function value(operand: Operand | undefined): string {
  if (!operand) return '""';
  if (operand.kind === 'relative') return relative(operand);
  return isBare(operand.text) ? operand.text : quoted(operand.text);
}

function printTest({ field: key, operator, operands }: Test): string {
  const words = OPERATOR_WORDS[operator];
  switch (operator) {
    case 'hasTag':
    case 'hasNoTag':
      return `${words} ${quoted(operands[0]?.kind === 'literal' ? operands[0].text : '')}`;
    case 'inList':
    case 'notInList':
      return `${words} ${value(operands[0])}`;
    case 'hasActivity':
    case 'hasNoActivity': {
      const type = quoted(operands[0]?.kind === 'literal' ? operands[0].text : '');
      return operands[1] ? `${words} ${type} within last ${period(operands[1])}` : `${words} ${type}`;
    }
    case 'empty':
    case 'notEmpty':
    case 'changed':
      return `${field(key)} ${words}`;
    case 'in':
    case 'notIn':
      return `${field(key)} ${words} (${operands.map(value).join(', ')})`;
    case 'onWeekday':
      return `${field(key)} ${words} (${operands.map((day) => (day.kind === 'literal' ? day.text : '')).join(', ')})`;
    case 'between':
      return `${field(key)} ${words} ${value(operands[0])} and ${value(operands[1])}`;
    case 'withinLast':
    case 'withinNext':
      return `${field(key)} ${words} ${period(operands[0])}`;
    case 'changedFrom':
      return `${field(key)} ${words} ${value(operands[0])}${operands[1] ? ` to ${value(operands[1])}` : ''}`;
    default:
      return `${field(key)} ${words} ${value(operands[0])}`;
  }
}

/** Writes a filter in the grammar; reading it again gives the same filter. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'test':
      return printTest(filter);
    case 'not':
      return filter.part.kind === 'test'
        ? `not ${printTest(filter.part)}`
        : `not (${printFilter(filter.part)})`;
    case 'and':
    case 'or':
      return filter.parts
        .map((part) =>
          part.kind === 'and' || part.kind === 'or' ? `(${printFilter(part)})` : printFilter(part),
        )
        .join(` ${filter.kind} `);
  }
}

/** The one comparison that a filter is, the opposite of another one included. */
export function asTest(filter: Filter): Test | undefined {
  if (filter.kind === 'test') return filter;
  if (filter.kind === 'not' && filter.part.kind === 'test') {
    const operator = OPPOSITES[filter.part.operator];
    if (operator) return { ...filter.part, operator };
  }
  return undefined;
}
