import type { Candidate } from '@/api/merges';

/** A wish not to be contacted, and a star, of any record hold for all. */
const HELD_BY_ANY = ['doNotCall', 'doNotEmail', 'starred'];

function empty(value: unknown): boolean {
  return value == null || value === '' || (Array.isArray(value) && value.length === 0);
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** Whether the records have different values in a field. */
export function differs(field: string, records: Candidate[]): boolean {
  return records.some((record) => !same(record.values[field], records[0]?.values[field]));
}

/**
 * The record whose value a field gets when nobody chooses: the survivor's, or the first that fills its gap. A status
 * comes with its stage.
 */
export function standard(
  field: string,
  survivor: number,
  records: Candidate[],
  chosen: Record<string, number>,
): number {
  const own = records.find(({ id }) => id === survivor);
  if (HELD_BY_ANY.includes(field)) {
    if (own?.values[field] === true) return survivor;
    return records.find((record) => record.values[field] === true)?.id ?? survivor;
  }
  if (field === 'status') {
    const staged = records.find(({ id }) => id === (chosen['stage'] ?? survivor));
    if (staged && (staged !== own || !empty(own.values[field]))) return staged.id;
    const fitting = records.find(
      (record) => same(record.values['stage'], own?.values['stage']) && !empty(record.values[field]),
    );
    return fitting?.id ?? survivor;
  }
  if (own && !empty(own.values[field])) return survivor;
  return records.find((record) => !empty(record.values[field]))?.id ?? survivor;
}
