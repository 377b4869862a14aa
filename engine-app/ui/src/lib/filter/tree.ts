import type { Filter, Test } from './model';
import { asTest } from './print';

/** A filter as the builder edits it: every filter of the grammar has this form. */
export interface Group {
  kind: 'group';
  join: 'and' | 'or';
  /** Whether it is what must not be so. */
  not: boolean;
  items: Item[];
}
export type Item = Group | Test;

export function group(join: 'and' | 'or', items: Item[], not = false): Group {
  return { kind: 'group', join, not, items };
}

function item(filter: Filter): Item {
  const test = asTest(filter);
  if (test) return test;
  if (filter.kind === 'not') {
    const inner = item(filter.part);
    return inner.kind === 'group' && !inner.not ? { ...inner, not: true } : group('and', [inner], true);
  }
  // Tests are handled above.
  return filter.kind === 'test' ? filter : group(filter.kind, filter.parts.map(item));
}

/** The tree of a filter; its root is always a group. */
export function toTree(filter: Filter): Group {
  const root = item(filter);
  return root.kind === 'group' ? root : group('and', [root]);
}

function filterOf(entry: Item, complete: (test: Test) => boolean): Filter | undefined {
  if (entry.kind === 'test') return complete(entry) ? entry : undefined;
  const parts = entry.items.map((inner) => filterOf(inner, complete)).filter((part) => part !== undefined);
  const [first] = parts;
  if (!first) return undefined;
  const joined: Filter = parts.length === 1 ? first : { kind: entry.join, parts };
  return entry.not ? { kind: 'not', part: joined } : joined;
}

/** The filter of a tree, without tests that are not complete and groups that are empty. */
export function toFilter(root: Group, complete: (test: Test) => boolean = () => true): Filter {
  return filterOf(root, complete) ?? { kind: 'and', parts: [] };
}
