import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pageOf, stepsOf } from './startGuide';
import { words as de } from './words.de';
import { words as en } from './words.en';

beforeEach(() => {
  Element.prototype.getBoundingClientRect = () => new DOMRect(10, 10, 100, 20);
});
afterEach(() => {
  document.body.innerHTML = '';
  vi.restoreAllMocks();
});

const HEAD = '<div data-guide="head"><h1>Teams</h1><p>Who works together.</p></div>';

function said(path: string) {
  return stepsOf(path, en).map((step) => {
    const title = document.createElement('div');
    const description = document.createElement('div');
    step.popover?.onPopoverRender?.({ title, description } as never, {} as never);
    return { title: title.textContent, text: description.innerHTML, at: step.element };
  });
}

it('says the same of the same parts in all languages', () => {
  const shape = (words: typeof en) =>
    Object.fromEntries(Object.entries(words.pages).map(([page, parts]) => [page, Object.keys(parts)]));
  expect(shape(de)).toEqual(shape(en));
  expect(Object.keys(de.titles)).toEqual(Object.keys(en.titles));
});

it('ENG-002: leads through the parts of a page, in words of its own where it has some', () => {
  document.body.innerHTML = `${HEAD}<div data-guide="actions"></div><div data-guide="content"><i>x</i></div>`;
  const steps = said('/settings/teams');
  expect(steps.map((step) => step.title)).toEqual(['Teams', 'What is here']);
  expect(steps[0]?.text).toBe('Who works together.');
  expect(steps[1]?.text).toBe(en.pages['settings/teams']?.content);
  expect(said('/settings/somewhere')[1]?.text).toBe(en.any.content);
});

it('ENG-004: says what must exist first, and points at nothing that is missing', () => {
  document.body.innerHTML = `${HEAD}<div data-guide="content"><div data-guide="empty">
    <h2>No lead is called &lt;img src=x&gt;</h2><p>Add one.</p></div></div>`;
  const step = said('/leads').at(-1);
  expect(step?.title).toBe(en.nothing);
  expect(step?.text).toBe('No lead is called &lt;img src=x&gt;. Add one.');
  expect(step?.at).toBeUndefined();
});

it('names pages by their address', () => {
  expect([pageOf('/'), pageOf('/automations/12'), pageOf('/settings/teams/')]).toEqual([
    'home',
    'automation',
    'settings/teams',
  ]);
});
