import type { Place } from '../api/hierarchy';

/** A place that is shown, where it stands in the tree. */
export interface Row {
  place: Place;
  /** 1 at the top. */
  level: number;
  /** Among those with the same superior, from 1. */
  position: number;
  siblings: number;
  children: number;
  expanded: boolean;
  /** Whether it fits what is searched for; its superiors are shown to say where it is. */
  found: boolean;
}

/** Those who report to each, by name; those at the top under null. */
export function reportsOf(places: readonly Place[]): Map<number | null, Place[]> {
  const known = new Set(places.map((place) => place.id));
  const reports = new Map<number | null, Place[]>();
  for (const place of places) {
    const above = place.reportsTo != null && known.has(place.reportsTo) ? place.reportsTo : null;
    const some = reports.get(above);
    if (some) some.push(place);
    else reports.set(above, [place]);
  }
  return reports;
}

/** All below somebody, directly or through others. */
export function below(places: readonly Place[], id: number): Set<number> {
  const reports = reportsOf(places);
  const all = new Set<number>();
  const open = [...(reports.get(id) ?? [])];
  for (let next = open.pop(); next; next = open.pop()) {
    if (!all.has(next.id)) {
      all.add(next.id);
      open.push(...(reports.get(next.id) ?? []));
    }
  }
  return all;
}

/**
 * The rows of a tree from top to bottom.
 *
 * @param collapsed whose reports are not shown; a search shows all that it finds
 */
export function rowsOf(places: readonly Place[], collapsed: ReadonlySet<number>, search: string): Row[] {
  const reports = reportsOf(places);
  const wanted = search.trim().toLowerCase();
  const fits = (place: Place) =>
    wanted === '' || `${place.name} ${place.login}`.toLowerCase().includes(wanted);
  const shown = new Set<number>();
  if (wanted !== '') {
    const byId = new Map(places.map((place) => [place.id, place]));
    for (const place of places) {
      let at = fits(place) ? place : undefined;
      while (at && !shown.has(at.id)) {
        shown.add(at.id);
        at = at.reportsTo == null ? undefined : byId.get(at.reportsTo);
      }
    }
  }
  const rows: Row[] = [];
  const add = (above: number | null, level: number) => {
    const some = (reports.get(above) ?? []).filter((place) => wanted === '' || shown.has(place.id));
    some.forEach((place, index) => {
      const children = (reports.get(place.id) ?? []).filter(
        (child) => wanted === '' || shown.has(child.id),
      ).length;
      const expanded = children > 0 && (wanted !== '' || !collapsed.has(place.id));
      rows.push({
        place,
        level,
        position: index + 1,
        siblings: some.length,
        children,
        expanded,
        found: wanted !== '' && fits(place),
      });
      if (expanded) add(place.id, level + 1);
    });
  };
  add(null, 1);
  return rows;
}

/** Who has people below; with many people only the first level is open at the start. */
export function collapsedAtStart(places: readonly Place[]): Set<number> {
  if (places.length <= 60) return new Set();
  return new Set(
    places.filter((place) => place.below > 0 && place.reportsTo != null).map((place) => place.id),
  );
}

/**
 * Where a key leads from a row: another row, or a change of what is shown.
 *
 * @param folding whether rows can be closed; a search shows all that it finds
 */
export function step(
  rows: readonly Row[],
  at: number,
  key: string,
  folding = true,
): { to: number } | { collapse: number } | { expand: number } | null {
  const row = rows[at];
  if (!row) return rows.length > 0 ? { to: 0 } : null;
  switch (key) {
    case 'ArrowDown':
      return { to: Math.min(at + 1, rows.length - 1) };
    case 'ArrowUp':
      return { to: Math.max(at - 1, 0) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: rows.length - 1 };
    case 'ArrowRight':
      if (row.children === 0) return null;
      return row.expanded ? { to: at + 1 } : { expand: row.place.id };
    case 'ArrowLeft': {
      if (row.expanded && folding) return { collapse: row.place.id };
      const above = rows.findLastIndex((other, index) => index < at && other.level === row.level - 1);
      return above < 0 ? null : { to: above };
    }
    default:
      return null;
  }
}
