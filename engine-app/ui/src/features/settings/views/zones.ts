/** What stands in which place, by the name of the place, in order. */
export type Placed = Record<string, string[]>;

/**
 * Puts an entry into a place, and out of that where it was.
 *
 * @param at before which entry; at the end when missing
 */
export function placed(before: Placed, entry: string, zone: string, at?: number): Placed {
  const from = before[zone]?.indexOf(entry) ?? -1;
  const taken = Object.fromEntries(
    Object.entries(before).map(([name, entries]) => [name, entries.filter((other) => other !== entry)]),
  );
  const rest = taken[zone] ?? [];
  // Further down in its own place it stands behind the one on which it was dropped.
  const wanted = at === undefined ? rest.length : Math.min(Math.max(at, 0), rest.length);
  if (from >= 0 && from === wanted) return before;
  return { ...taken, [zone]: [...rest.slice(0, wanted), entry, ...rest.slice(wanted)] };
}

/** Takes an entry out of wherever it stands. */
export function removed(before: Placed, entry: string): Placed {
  return Object.fromEntries(
    Object.entries(before).map(([name, entries]) => [name, entries.filter((other) => other !== entry)]),
  );
}
