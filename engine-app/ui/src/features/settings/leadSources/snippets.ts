import type { Integration } from './api';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** What values of a field look like. */
const SAMPLES: Record<string, string> = {
  email: 'ann@example.com',
  phone: '+49 30 1234567',
  firstName: 'Ann',
  lastName: 'Lee',
  company: 'Acme',
};

const namesOf = (one: Integration) =>
  one.mapping.length > 0
    ? one.mapping
    : ['lastName', 'email', 'phone'].map((name) => ({ outside: name, field: name }));

/** A form for the pages of a website that brings what is mapped. */
export function formOf(one: Integration, origin: string): string {
  const inputs = namesOf(one).map(({ outside, field }) => {
    const type = field === 'email' ? 'email' : field === 'phone' ? 'tel' : 'text';
    const name = escaped(outside);
    return `  <label>${name} <input type="${type}" name="${name}"></label>`;
  });
  return [
    `<form method="post" action="${origin}${one.path}" accept-charset="utf-8">`,
    ...inputs,
    '  <button>Send</button>',
    '</form>',
  ].join('\n');
}

/** A script for the websites that are named, which posts what is mapped as JSON. */
export function scriptOf(one: Integration, origin: string): string {
  const names = namesOf(one).map(({ outside }) => `    ${JSON.stringify(outside)}: '…',`);
  return [
    `const answer = await fetch(${JSON.stringify(origin + one.path)}, {`,
    "  method: 'POST',",
    "  headers: { 'Content-Type': 'application/json' },",
    '  body: JSON.stringify({',
    ...names,
    '  }),',
    '});',
  ].join('\n');
}

/** A call that brings what is mapped. */
export function callOf(one: Integration, origin: string): string {
  const body = Object.fromEntries(namesOf(one).map(({ outside, field }) => [outside, SAMPLES[field] ?? '…']));
  const json = JSON.stringify(body).replaceAll("'", "'\\''");
  return [
    `curl -X POST '${origin}${one.path}' \\`,
    "  -H 'Content-Type: application/json' \\",
    "  -H 'Idempotency-Key: your-id-of-this-lead' \\",
    `  -d '${json}'`,
  ].join('\n');
}
