import { useState } from 'react';

interface Versioned {
  version: number;
}

/** What is being filled in, with the state of the server that it stands on. */
export interface Draft<T extends Versioned, V> {
  /** What was read when the values were taken: its version says to the server what somebody saw. */
  base: T;
  values: V;
}

/**
 * What becomes of a draft when the server's state is read anew. Untouched values follow it. Touched ones stay with the
 * version that they stand on, so that saving them is refused when somebody else changed the same meanwhile; only
 * a version that changes none of these values (a new picture) is taken over.
 */
export function followed<T extends Versioned, V>(
  draft: Draft<T, V>,
  current: T,
  valuesOf: (source: T) => V,
): Draft<T, V> {
  if (current === draft.base) return draft;
  const next = valuesOf(current);
  const before = valuesOf(draft.base);
  if (same(draft.values, before)) return { base: current, values: next };
  return same(next, before) ? { base: current, values: draft.values } : draft;
}

/** The values of a form over something that has a version (optimistic locking). */
export function useDraft<T extends Versioned, V>(current: T, valuesOf: (source: T) => V) {
  const [draft, setDraft] = useState<Draft<T, V>>(() => ({ base: current, values: valuesOf(current) }));
  const present = followed(draft, current, valuesOf);
  if (present !== draft) setDraft(present);
  const before = valuesOf(present.base);
  return {
    values: present.values,
    /** The values as they were read. */
    before,
    version: present.base.version,
    dirty: !same(present.values, before),
    change: (changed: Partial<V>) => setDraft((old) => ({ ...old, values: { ...old.values, ...changed } })),
    /** Begins anew with what the server says now. */
    take: (source: T) => setDraft({ base: source, values: valuesOf(source) }),
  };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
