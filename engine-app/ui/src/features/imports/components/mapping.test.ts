import { describe, expect, it } from 'vitest';
import { LEAVE_OUT, matchable, NEW_FIELD, suggested, targets, usualMatch } from './mapping';

const fields = [
  { key: 'email', label: 'E-mail', type: 'email' },
  { key: 'phone', label: 'Phone', type: 'phone' },
  { key: 'score', label: 'Score', type: 'wholeNumber' },
  { key: 'remark', label: 'Remark', type: 'text', filterable: false },
];

describe('columns of an import', () => {
  it('start from what the server found', () => {
    const columns = [{ header: 'Mail', field: 'email' }, { header: 'Loan', create: true }, { header: 'x' }];
    const choices = suggested({ id: 1, status: 'prepared', columns });
    expect(choices).toEqual(['email', NEW_FIELD, LEAVE_OUT]);
    expect(targets(choices)).toEqual([{ field: 'email' }, { create: true }, {}]);
  });

  it('find records only by texts that a column goes to and searches know', () => {
    expect(matchable(fields, ['email', 'score', 'remark']).map(({ key }) => key)).toEqual(['email']);
    expect(usualMatch(fields, ['phone', 'email'])).toBe('email');
    expect(usualMatch(fields, ['score', LEAVE_OUT])).toBeNull();
  });
});
