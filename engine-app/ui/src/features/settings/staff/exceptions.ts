import type { Template, Words } from '../api/permissions';
import type { Held } from '../api/users';

export const REACHES = ['none', 'own', 'team', 'hierarchy', 'all'] as const;
export type Reach = (typeof REACHES)[number];

/** One point in which a user differs: a section and action, or a kind of record and field. */
export interface Difference {
  kind: 'sections' | 'fields';
  outer: string;
  inner: string;
  value: string;
}

/** The templates that count for a user: those of the roles, and those given beside them. */
export function templatesOf(
  templates: readonly Template[],
  roles: readonly string[],
  own: readonly number[],
) {
  return templates.filter(
    (template) => own.includes(template.id) || template.roles.some((role) => roles.includes(role)),
  );
}

/** How far all templates together let an action reach: the widest counts. */
export function reachGiven(held: readonly Template[], section: string, action: string): Reach {
  const widest = Math.max(
    0,
    ...held.map((template) =>
      REACHES.indexOf((template.grants.sections[section]?.[action] ?? 'none') as Reach),
    ),
  );
  return REACHES[widest] ?? 'none';
}

const STRICTNESS = ['open', 'readOnly', 'hidden'];

/** The rule of a field: kept back only when every template that lets the user see such records keeps it back. */
export function ruleGiven(held: readonly Template[], kind: string, field: string): string {
  const seeing = held.filter((template) => (template.grants.sections[kind]?.['view'] ?? 'none') !== 'none');
  if (seeing.length === 0) return 'open';
  const mildest = Math.min(
    ...seeing.map((template) =>
      STRICTNESS.indexOf(
        Object.entries(template.grants.fields[kind] ?? {}).find(
          ([key]) => key.toLowerCase() === field.toLowerCase(),
        )?.[1] ?? 'open',
      ),
    ),
  );
  return STRICTNESS[Math.max(0, mildest)] ?? 'open';
}

/** All points in which a user differs, in the order of the words. */
export function differences(exceptions: Held['exceptions']): Difference[] {
  const of = (kind: 'sections' | 'fields', words: Words): Difference[] =>
    Object.entries(words).flatMap(([outer, inner]) =>
      Object.entries(inner).map(([key, value]) => ({ kind, outer, inner: key, value })),
    );
  return [...of('sections', exceptions.sections), ...of('fields', exceptions.fields)];
}

/** The exception that there is in a point; fields are one whatever case they are written in. */
export function exceptionIn(
  exceptions: Held['exceptions'],
  point: Omit<Difference, 'value'>,
): Difference | undefined {
  return differences(exceptions).find(
    (one) =>
      one.kind === point.kind &&
      one.outer === point.outer &&
      one.inner.toLowerCase() === point.inner.toLowerCase(),
  );
}

/** The exceptions with one point set, or taken back when there is no value. */
export function withPoint(
  exceptions: Held['exceptions'],
  point: Omit<Difference, 'value'>,
  value: string | null,
): Held['exceptions'] {
  const words = exceptions[point.kind];
  const inner = without(words[point.outer] ?? {}, point.inner);
  if (value !== null) inner[point.inner] = value;
  const next = without(words, point.outer);
  if (Object.keys(inner).length > 0) next[point.outer] = inner;
  return { ...exceptions, [point.kind]: next };
}

function without<T>(words: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(words).filter(([other]) => other !== key));
}
