import { describe, expect, it } from 'vitest';
import de from './de.json';
import en from './en.json';

function entries(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, string][] =>
    typeof inner === 'object' && inner !== null
      ? entries(inner, `${path}${key}.`)
      : [[`${path}${key}`, String(inner)]],
  );
}

function keys(value: object): string[] {
  return entries(value).map(([key]) => key);
}

describe('languages', () => {
  it('say the same things', () => {
    expect(keys(de).sort()).toEqual(keys(en).sort());
  });

  it('fill in the same values', () => {
    const texts = (language: object) => new Map(entries(language));
    const german = texts(de);
    const holes = (text: string | undefined) => (text?.match(/\{\{\w+}}|<\/?\w+>/g) ?? []).sort();
    for (const [key, text] of texts(en)) expect(holes(german.get(key)), key).toEqual(holes(text));
  });

  it('no text is empty', () => {
    for (const language of [en, de]) expect(JSON.stringify(language)).not.toMatch(/:""/);
  });
});
