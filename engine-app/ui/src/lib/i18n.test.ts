import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createElement, Fragment, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { formatNumber, setPlace } from './format';
import { changeLanguage, startI18n } from './i18n';

const Amount = memo(function Amount() {
  const { t } = useTranslation();
  return createElement('p', null, `${t('common.save')} ${formatNumber(1234.5)}`);
});

beforeAll(async () => {
  setPlace({ locale: 'en-GB', timeZone: 'UTC' });
  await startI18n();
  await changeLanguage('en');
});
afterEach(cleanup);

describe('another language or place', () => {
  it('writes words and numbers anew and leaves alone what is typed', async () => {
    render(createElement(Fragment, null, createElement(Amount), createElement('input')));
    const input = screen.getByRole('textbox');
    fireEvent.change(input, { target: { value: 'half a sentence' } });
    screen.getByText('Save 1,234.5');

    act(() => setPlace({ locale: 'de-DE' }));
    screen.getByText('Save 1.234,5');
    await act(() => changeLanguage('de'));
    screen.getByText('Speichern 1.234,5');

    expect(screen.getByRole('textbox')).toBe(input);
    expect((input as HTMLInputElement).value).toBe('half a sentence');
  });
});
