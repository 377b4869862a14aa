import { describe, expect, it } from 'vitest';
import { allows } from './rights';

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
