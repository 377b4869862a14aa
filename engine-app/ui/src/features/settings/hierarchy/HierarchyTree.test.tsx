import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startI18n } from '@/lib/i18n';
import type { Place } from '../api/hierarchy';
import { HierarchyTree } from './HierarchyTree';
import { rowsOf } from './tree';

const places: Place[] = Array.from({ length: 100 }, (_, index) => ({
  id: index + 1,
  version: 1,
  login: `p${index + 1}`,
  name: `Person ${String(index + 1).padStart(3, '0')}`,
  roles: [],
  active: true,
  reportsTo: index === 1 ? 1 : null,
  below: index === 0 ? 1 : 0,
}));

beforeAll(async () => {
  // What jsdom does not know: sizes and media queries.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(440);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(800);
  HTMLElement.prototype.scrollTo = () => undefined;
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  await startI18n();
});
afterEach(cleanup);

function show(search = '') {
  const onToggle = vi.fn();
  const onHistory = vi.fn();
  render(
    <MantineProvider env="test">
      <HierarchyTree
        rows={rowsOf(places, new Set(), search)}
        search={search}
        describedBy={undefined}
        mayMove
        roleName={(key) => key}
        onToggle={onToggle}
        onMove={() => undefined}
        onHistory={onHistory}
      />
    </MantineProvider>,
  );
  const tree = screen.getByRole('tree');
  tree.focus();
  return { tree, onToggle, onHistory };
}

describe('the tree on the page', () => {
  it('opens the menu of a row by keyboard and takes the focus back', async () => {
    const { tree, onHistory } = show();
    fireEvent.keyDown(tree, { key: 'ArrowDown' });
    fireEvent.keyDown(tree, { key: 'F10', shiftKey: true });
    const history = await screen.findByRole('menuitem', { name: 'History of moves' });
    fireEvent.click(history);
    expect(onHistory).toHaveBeenCalledWith(places[1]);
    await waitFor(() => expect(document.activeElement).toBe(tree));
  });

  it('always names a row that is there', () => {
    const { tree } = show();
    fireEvent.keyDown(tree, { key: 'End' });
    const named = tree.getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(named)?.getAttribute('aria-label')).toBe('Person 100');
  });

  it('folds nothing in a search', () => {
    const { tree, onToggle } = show('Person 002');
    expect(screen.queryByRole('button', { name: /Hide who reports/ })).toBeNull();
    fireEvent.keyDown(tree, { key: 'ArrowLeft' });
    expect(onToggle).not.toHaveBeenCalled();
  });
});
