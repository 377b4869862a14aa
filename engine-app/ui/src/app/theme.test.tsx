import { MantineProvider, MultiSelect, Select } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { stubBrowser } from '@/test/app';
import { theme } from './theme';

beforeAll(stubBrowser);
afterEach(cleanup);

describe('lists to choose from', () => {
  it.each([
    ['one', <Select key="one" label="People" data={['Ada', 'Ravi']} searchable />],
    ['several', <MultiSelect key="several" label="People" data={['Ada', 'Ravi']} searchable />],
  ])('are scrolled themselves, as the list that belongs to the input: %s', async (_, input) => {
    render(
      <MantineProvider env="test" theme={theme}>
        {input}
      </MantineProvider>,
    );
    const field = screen.getByRole('combobox', { name: 'People' });
    fireEvent.click(field);
    const list = await screen.findByRole('listbox');
    expect(field.getAttribute('aria-controls')).toBe(list.id);
    expect(list.style.overflowY).toBe('auto');
    expect(list.querySelector('[role=option]')?.parentElement).toBe(list);
  });
});
