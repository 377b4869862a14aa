import type { TFunction } from 'i18next';
import type { Field } from '@/api/getSchema';
import { formatDay, formatMoment } from '@/lib/format';
import type { Operand, Test } from '@/lib/filter/model';
import type { Item } from '@/lib/filter/tree';

/** Names that values stand for: users and lists are kept by number. */
export interface Names {
  user: (id: string) => string | undefined;
  list: (id: string) => string | undefined;
}

function shown(operand: Operand | undefined, field: Field | undefined, names: Names, t: TFunction): string {
  if (!operand) return '';
  if (operand.kind === 'relative') {
    const anchor = t(`filter.${operand.anchor}`);
    if (operand.amount === 0) return anchor;
    return `${anchor} ${operand.amount < 0 ? '−' : '+'} ${Math.abs(operand.amount)} ${t(`units.${operand.unit}`)}`;
  }
  const { text } = operand;
  switch (field?.type) {
    case 'user':
      return names.user(text) ?? text;
    case 'boolean':
      return t(text === 'true' ? 'common.yes' : 'common.no');
    case 'date':
      return formatDay(text);
    case 'dateTime':
      return /T/.test(text) ? formatMoment(text) : formatDay(text);
    default:
      return text;
  }
}

/** A comparison as a person would say it: "City is Bangalore". */
export function describeTest(test: Test, fields: Field[], names: Names, t: TFunction): string {
  const { operator, operands } = test;
  const field = fields.find((entry) => entry.key.toLowerCase() === test.field.toLowerCase());
  const words = t(`operators.${operator}`);
  const value = (index: number) => shown(operands[index], field, names, t);
  const period = (operand: Operand | undefined) =>
    operand?.kind === 'relative' ? `${Math.abs(operand.amount)} ${t(`units.${operand.unit}`)}` : '';
  const subject = field?.label ?? test.field;
  switch (operator) {
    case 'hasTag':
    case 'hasNoTag':
      return `${words} ${value(0)}`;
    case 'inList':
    case 'notInList': {
      const id = operands[0]?.kind === 'literal' ? operands[0].text : '';
      return `${words} ${names.list(id) ?? id}`;
    }
    case 'hasActivity':
    case 'hasNoActivity':
      return `${words} ${value(0)}${operands[1] ? ` ${t('operators.withinLast')} ${period(operands[1])}` : ''}`;
    case 'withinLast':
    case 'withinNext':
      return `${subject} ${words} ${period(operands[0])}`;
    case 'between':
      return `${subject} ${words} ${value(0)} ${t('filter.and')} ${value(1)}`;
    case 'onWeekday':
      return `${subject} ${words} ${operands
        .map((day) => (day.kind === 'literal' ? t(`weekdays.${day.text as 'monday'}`) : ''))
        .join(', ')}`;
    default:
      return `${subject} ${words} ${operands.map((_, index) => value(index)).join(', ')}`.trim();
  }
}

/** A comparison or group as a person would say it; inner groups stand in brackets. */
export function describeItem(item: Item, fields: Field[], names: Names, t: TFunction): string {
  if (item.kind === 'test') return describeTest(item, fields, names, t);
  const parts = item.items.map((inner) => describeItem(inner, fields, names, t));
  const joined = parts.join(` ${t(`filter.${item.join}`)} `);
  if (item.not) return `${t('filter.notSo')} (${joined})`;
  return parts.length > 1 ? `(${joined})` : joined;
}
