import { describe, expect, it } from 'vitest';
import de from './de.json';
import en from './en.json';

function keys(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null ? keys(inner, `${path}${key}.`) : [`${path}${key}`],
  );
}

describe('languages', () => {
  it('German has no key that English lacks', () => {
    const english = new Set(keys(en));
    expect(keys(de).filter((key) => !english.has(key))).toEqual([]);
  });

  it('no text is empty', () => {
    for (const language of [en, de]) expect(JSON.stringify(language)).not.toMatch(/:""/);
  });
});
