import { describe, expect, it } from 'vitest';
import type { Place } from '../api/hierarchy';
import { below, collapsedAtStart, rowsOf, step } from './tree';

function place(id: number, name: string, reportsTo: number | null = null): Place {
  return { id, version: 1, login: name.toLowerCase(), name, roles: [], active: true, reportsTo, below: 0 };
}

const places = [place(1, 'Ann'), place(2, 'Bob', 1), place(3, 'Cyd', 2), place(4, 'Dan', 1), place(5, 'Eve')];
const names = (collapsed: number[], search = '') =>
  rowsOf(places, new Set(collapsed), search).map((row) => `${'-'.repeat(row.level)}${row.place.name}`);

describe('the tree', () => {
  it('shows everybody under their superior', () => {
    expect(names([])).toEqual(['-Ann', '--Bob', '---Cyd', '--Dan', '-Eve']);
    expect(names([1])).toEqual(['-Ann', '-Eve']);
  });

  it('shows what is found with all above it, also where it was collapsed', () => {
    expect(names([1, 2], 'cyd')).toEqual(['-Ann', '--Bob', '---Cyd']);
    expect(rowsOf(places, new Set(), 'cyd').map((row) => row.found)).toEqual([false, false, true]);
    expect(names([], 'nobody')).toEqual([]);
  });

  it('says where a row stands among its siblings', () => {
    const dan = rowsOf(places, new Set(), '').find((row) => row.place.name === 'Dan');
    expect(dan).toMatchObject({ level: 2, position: 2, siblings: 2, children: 0 });
  });

  it('puts somebody whose superior is not there at the top', () => {
    expect(rowsOf([place(9, 'Zoe', 77)], new Set(), '')).toMatchObject([{ level: 1 }]);
  });

  it('knows all below', () => {
    expect([...below(places, 1)].sort()).toEqual([2, 3, 4]);
    expect(below(places, 5).size).toBe(0);
  });

  it('follows the keys of trees', () => {
    const rows = rowsOf(places, new Set([2]), '');
    expect(rows.map((row) => row.place.name)).toEqual(['Ann', 'Bob', 'Dan', 'Eve']);
    expect(step(rows, 0, 'ArrowDown')).toEqual({ to: 1 });
    expect(step(rows, 1, 'ArrowRight')).toEqual({ expand: 2 });
    expect(step(rows, 0, 'ArrowRight')).toEqual({ to: 1 });
    expect(step(rows, 0, 'ArrowLeft')).toEqual({ collapse: 1 });
    expect(step(rows, 2, 'ArrowLeft')).toEqual({ to: 0 });
    expect(step(rows, 3, 'ArrowLeft')).toBeNull();
    expect(step(rows, 3, 'ArrowDown')).toEqual({ to: 3 });
    expect(step(rows, 0, 'End')).toEqual({ to: 3 });
    expect(step(rows, 3, 'Home')).toEqual({ to: 0 });
    expect(step([], 0, 'Home')).toBeNull();
  });

  it('closes nothing in a search: the way left leads up', () => {
    const rows = rowsOf(places, new Set([1, 2]), 'cyd');
    expect(step(rows, 1, 'ArrowLeft', false)).toEqual({ to: 0 });
    expect(step(rows, 0, 'ArrowLeft', false)).toBeNull();
    expect(step(rows, 1, 'ArrowRight', false)).toEqual({ to: 2 });
  });

  it('opens only the first level of many people', () => {
    expect(collapsedAtStart(places).size).toBe(0);
    const many = Array.from({ length: 61 }, (_, index) => ({
      ...place(index + 1, `P${index}`, index === 0 ? null : index),
      below: 60 - index,
    }));
    expect(collapsedAtStart(many).size).toBe(59);
  });
});
