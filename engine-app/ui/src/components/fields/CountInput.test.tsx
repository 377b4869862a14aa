import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { stubBrowser } from '@/test/app';
import { CountInput } from './CountInput';

beforeAll(stubBrowser);
afterEach(cleanup);

const given: number[] = [];

function Page() {
  const [days, setDays] = useState(7);
  const take = (next: number) => {
    given.push(next);
    setDays(next);
  };
  return <CountInput aria-label="Days" max={99} value={days} onChange={take} />;
}

it('can be emptied while another number is typed, and never gives less than one', () => {
  render(
    <MantineProvider env="test">
      <Page />
    </MantineProvider>,
  );
  const input = screen.getByLabelText<HTMLInputElement>('Days');
  const type = (value: string) => fireEvent.change(input, { target: { value } });
  type('');
  expect(input.value).toBe('');
  type('30');
  type('');
  fireEvent.blur(input);
  expect(input.value).toBe('30');
  type('0');
  fireEvent.blur(input);
  expect(input.value).toBe('1');
  expect(given.every((count) => count >= 1)).toBe(true);
});
