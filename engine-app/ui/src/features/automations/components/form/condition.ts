import type { Entity } from '@/api/records';
import { literal, type Operand, type Operator, OPERATOR_WORDS, type Unit } from '@/lib/filter/model';

export const SOURCES = [
  'lead',
  'contact',
  'account',
  'opportunity',
  'triggeredActivity',
  'leadActivity',
  'triggeredTask',
  'createdTask',
  'webhookResponse',
] as const;
export type Source = (typeof SOURCES)[number];

/** The kind of record that a source gives; a webhook's answer is none. */
export const ENTITY_OF: Partial<Record<Source, Entity>> = {
  lead: 'leads',
  contact: 'contacts',
  account: 'accounts',
  opportunity: 'opportunities',
  triggeredActivity: 'activities',
  leadActivity: 'activities',
  triggeredTask: 'tasks',
  createdTask: 'tasks',
};

/** One comparison of a condition, as the document keeps it. */
export interface Criterion {
  source: Source;
  card?: string;
  activityType?: string;
  field?: string;
  operator: Operator;
  values?: string[];
  within?: { amount: number; unit: Unit };
  where?: Criterion[];
}

export interface Condition {
  criteria?: Criterion[];
  pattern?: string;
  drl?: string;
  rule?: string;
}

/** What the event of a trigger or a card is about: `opportunity.task-created` is about a task. */
export function subjectOf(type: string | undefined): string | undefined {
  const [about, event] = type?.split('.') ?? [];
  if (about !== 'opportunity') return about;
  return /^(activity|task)-/.exec(event ?? '')?.[1] ?? about;
}

/** The sources that a flow with this trigger has (AUT-027, AUT-034, AUT-035). */
export function sourcesFor(
  trigger: string | undefined,
  earlier: { tasks: boolean; webhooks: boolean },
): Source[] {
  const about = subjectOf(trigger);
  return SOURCES.filter((source) => {
    if (source === 'opportunity') return trigger === 'called' || trigger?.startsWith('opportunity.') === true;
    if (source === 'triggeredActivity') return about === 'activity';
    if (source === 'triggeredTask') return about === 'task';
    if (source === 'createdTask') return earlier.tasks;
    if (source === 'webhookResponse') return earlier.webhooks;
    return true;
  });
}

/** What a criterion compares with, as the inputs of filters want it. */
export function operandsOf(criterion: Criterion): Operand[] {
  const { operator, within, values = [] } = criterion;
  if ((operator === 'withinLast' || operator === 'withinNext') && within) {
    const amount = operator === 'withinLast' ? -within.amount : within.amount;
    return [{ kind: 'relative', anchor: 'now', amount, unit: within.unit }];
  }
  return values.map(literal);
}

/** The criterion with what the inputs say, without what does not belong to its operator. */
export function withOperands(criterion: Criterion, operands: Operand[]): Criterion {
  const { values: _values, within: _within, ...rest } = criterion;
  const relative = operands.find((operand) => operand.kind === 'relative');
  if (relative) return { ...rest, within: { amount: Math.abs(relative.amount), unit: relative.unit } };
  const values = operands.map((operand) => (operand.kind === 'literal' ? operand.text : ''));
  return values.length > 0 ? { ...rest, values } : rest;
}

/** How the criteria are joined, when it is the plain all or any. */
export function joinOf({ criteria = [], pattern }: Condition): 'all' | 'any' | 'pattern' {
  if (!pattern || criteria.length < 2) return 'all';
  const numbers = criteria.map((_, index) => index + 1);
  const plain = pattern
    .replace(/[()\s]+/g, ' ')
    .trim()
    .toUpperCase();
  if (plain === numbers.join(' AND ')) return 'all';
  if (plain === numbers.join(' OR ')) return 'any';
  return 'pattern';
}

export function patternOf(join: 'all' | 'any', count: number): string | undefined {
  if (join === 'all' || count < 2) return undefined;
  return `(${Array.from({ length: count }, (_, index) => index + 1).join(' OR ')})`;
}

/** The pattern after a criterion was taken away; undefined when it cannot be kept. */
export function patternWithout(condition: Condition): string | undefined {
  const join = joinOf(condition);
  const left = (condition.criteria?.length ?? 1) - 1;
  return join === 'pattern' ? undefined : patternOf(join, left);
}

/** Says what is wrong with a pattern over so many criteria; undefined when it can be read. */
export function patternProblem(pattern: string, count: number): { at: number; found: string } | undefined {
  const tokens = [...pattern.matchAll(/\d+|AND|OR|[()]|\S/gi)];
  let next = 0;
  const peek = () => tokens[next]?.[0].toUpperCase();
  const fail = (): { at: number; found: string } => {
    const token = tokens[next];
    return { at: (token?.index ?? pattern.length) + 1, found: token?.[0] ?? '' };
  };
  const or = (): ReturnType<typeof fail> | undefined => {
    for (;;) {
      const wrong = and();
      if (wrong) return wrong;
      if (peek() !== 'OR') return undefined;
      next += 1;
    }
  };
  const and = (): ReturnType<typeof fail> | undefined => {
    for (;;) {
      const wrong = one();
      if (wrong) return wrong;
      if (peek() !== 'AND') return undefined;
      next += 1;
    }
  };
  const one = (): ReturnType<typeof fail> | undefined => {
    if (peek() === '(') {
      next += 1;
      const wrong = or();
      if (wrong) return wrong;
      if (peek() !== ')') return fail();
      next += 1;
      return undefined;
    }
    const number = Number(peek());
    if (!Number.isInteger(number) || number < 1 || number > count) return fail();
    next += 1;
    return undefined;
  };
  return or() ?? (next < tokens.length ? fail() : undefined);
}

/** Whether there is nothing to check. */
export function isEmptyCondition({ criteria = [], drl, rule }: Condition): boolean {
  return criteria.length === 0 && !drl && !rule;
}

/** Reads what a document holds; anything that is not a condition gives an empty one. */
export function readCondition(settings: Record<string, unknown> | undefined): Condition {
  if (!settings) return { criteria: [] };
  const criteria = Array.isArray(settings['criteria'])
    ? (settings['criteria'] as Criterion[]).filter((entry) => entry.operator in OPERATOR_WORDS)
    : [];
  return { ...settings, criteria };
}
