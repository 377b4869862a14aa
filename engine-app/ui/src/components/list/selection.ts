/** Which rows are selected, with the row that a range starts from. */
export interface Selection {
  ids: ReadonlySet<number>;
  anchor: number | null;
}

export const NOTHING: Selection = { ids: new Set(), anchor: null };

export function toggled({ ids }: Selection, id: number): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Adds every row from the anchor to the given one, in the order shown. */
export function ranged(selection: Selection, order: readonly number[], to: number): Selection {
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const end = order.indexOf(to);
  if (from < 0 || end < 0) return toggled(selection, to);
  const range = order.slice(Math.min(from, end), Math.max(from, end) + 1);
  return { ids: new Set([...selection.ids, ...range]), anchor: selection.anchor };
}
