import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import { createElement, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { allows, allowsWith, type Rights, useMay, useMayWith } from './rights';

describe('rights', () => {
  const rights = { everything: false, sections: { lead: { view: 'some' } } };

  it('allow what is given at all', () => {
    expect(allows(rights, 'lead', 'view')).toBe(true);
    expect(allows(rights, 'lead', 'delete')).toBe(false);
    expect(allows(rights, 'users', 'edit')).toBe(false);
  });

  it('of an administrator allow everything', () => {
    expect(allows({ everything: true, sections: {} }, 'users', 'edit')).toBe(true);
  });

  it('hide nothing before they are known', () => {
    expect(allows(undefined, 'users', 'edit')).toBe(true);
  });
});

describe('rights over one record', () => {
  const rights: Rights = {
    everything: false,
    sections: { lead: { view: 'all', edit: 'own', delete: 'team' }, task: { edit: 'own' } },
  };
  const record = (owner: number | null) => ({ id: 1, version: 1, values: { owner } });

  it('that reach only the own ones leave out those of others', () => {
    expect(allowsWith(rights, 'leads', 'edit', record(7), 7)).toBe(true);
    expect(allowsWith(rights, 'leads', 'edit', record(8), 7)).toBe(false);
    expect(allowsWith(rights, 'leads', 'edit', record(null), 7)).toBe(false);
    expect(allowsWith(rights, 'leads', 'view', record(8), 7)).toBe(true);
  });

  it('leave to the server what only it knows', () => {
    expect(allowsWith(rights, 'leads', 'delete', record(8), 7)).toBe(true);
    // A task belongs to whoever owns its lead, too.
    expect(allowsWith(rights, 'tasks', 'edit', record(8), 7)).toBe(true);
  });

  it('never go beyond those over the kind', () => {
    expect(allowsWith(rights, 'contacts', 'edit', record(7), 7)).toBe(false);
    expect(allowsWith({ everything: true, sections: {} }, 'contacts', 'edit', record(8), 7)).toBe(true);
    expect(allowsWith(undefined, 'contacts', 'edit', record(8), 7)).toBe(true);
  });
});

describe('the hooks', () => {
  function wrapper({ children }: { children: ReactNode }) {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
    client.setQueryData(['session', 'rights'], {
      everything: false,
      sections: { lead: { view: 'all', edit: 'own' } },
    });
    client.setQueryData(['session'], { user: { id: 7, login: 'sales', name: 'Sales', roles: [] } });
    return createElement(QueryClientProvider, { client }, children);
  }

  it('answer from the rights of the session', () => {
    expect(renderHook(() => useMay('lead', 'view'), { wrapper }).result.current).toBe(true);
    expect(renderHook(() => useMay('settings', 'edit'), { wrapper }).result.current).toBe(false);
    const mine = { id: 1, version: 1, values: { owner: 7 } };
    const others = { id: 2, version: 1, values: { owner: 8 } };
    expect(renderHook(() => useMayWith('leads', 'edit', mine), { wrapper }).result.current).toBe(true);
    expect(renderHook(() => useMayWith('leads', 'edit', others), { wrapper }).result.current).toBe(false);
    expect(renderHook(() => useMayWith('leads', 'delete', mine), { wrapper }).result.current).toBe(false);
  });

  it('AUT-075 AUT-076 follow what is lent to whoever reaches a record by shares alone', () => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
    client.setQueryData(['session', 'rights'], {
      everything: false,
      sections: {
        opportunity: { view: 'hierarchy', edit: 'hierarchy', delete: 'hierarchy' },
        automations: { view: 'all' },
      },
    });
    client.setQueryData(['session'], { user: { id: 7, login: 'manager', name: 'Manager', roles: [] } });
    client.setQueryData(
      ['lent'],
      new Map([
        [1, { access: 'view', alone: true }],
        [2, { access: 'modify', alone: true }],
        [3, { access: 'view', alone: false }],
      ]),
    );
    const within = ({ children }: { children: ReactNode }) =>
      createElement(QueryClientProvider, { client }, children);
    const may = (id: number, action: string) =>
      renderHook(() => useMayWith('opportunities', action, { id, version: 1, values: { owner: 8 } }), {
        wrapper: within,
      }).result.current;
    expect([1, 2, 3, 4].map((id) => may(id, 'edit'))).toEqual([false, true, true, true]);
    expect([1, 2, 3, 4].map((id) => may(id, 'delete'))).toEqual([false, false, true, true]);
    expect([1, 2, 3, 4].map((id) => may(id, 'view'))).toEqual([true, true, true, true]);
  });
});
