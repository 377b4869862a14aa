import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useDraft } from './draft';

interface Company {
  version: number;
  name: string;
  logo?: string;
}

const valuesOf = ({ name }: Company) => ({ name });
const open = (company: Company) =>
  renderHook(({ current }) => useDraft(current, valuesOf), { initialProps: { current: company } });

describe('a draft', () => {
  it('follows the server while nothing is typed', () => {
    const form = open({ version: 1, name: 'Acme' });
    form.rerender({ current: { version: 2, name: 'Bolt' } });
    expect(form.result.current).toMatchObject({ values: { name: 'Bolt' }, version: 2, dirty: false });
  });

  it('keeps the version it stands on when somebody else changed the same', () => {
    const form = open({ version: 1, name: 'Acme' });
    act(() => form.result.current.change({ name: 'Acme Ltd' }));
    form.rerender({ current: { version: 2, name: 'Bolt' } });
    expect(form.result.current).toMatchObject({
      values: { name: 'Acme Ltd' },
      before: { name: 'Acme' },
      version: 1,
      dirty: true,
    });
  });

  it('takes over the version of a new picture, which changes no value', () => {
    const form = open({ version: 1, name: 'Acme' });
    act(() => form.result.current.change({ name: 'Acme Ltd' }));
    form.rerender({ current: { version: 2, name: 'Acme', logo: 'new.png' } });
    expect(form.result.current).toMatchObject({ values: { name: 'Acme Ltd' }, version: 2, dirty: true });
  });

  it('begins anew with what is loaded again', () => {
    const form = open({ version: 1, name: 'Acme' });
    act(() => form.result.current.change({ name: 'Acme Ltd' }));
    const present = { version: 2, name: 'Bolt' };
    form.rerender({ current: present });
    act(() => form.result.current.take(present));
    expect(form.result.current).toMatchObject({ values: { name: 'Bolt' }, version: 2, dirty: false });
  });
});
