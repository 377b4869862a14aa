const SEARCHED = {
  leads: ['name', 'email', 'phone', 'company'],
  contacts: ['name', 'email', 'phone', 'mobile'],
  accounts: ['name', 'website', 'phone'],
  tasks: ['title'],
  activities: ['subject'],
  notes: ['text'],
} as const;

/** Writes a text in double quotes as the filter grammar wants it. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** The filter that finds what a person types into a search box; undefined for nothing typed. */
export function searchFilter(entity: keyof typeof SEARCHED, typed: string | undefined): string | undefined {
  const wanted = typed?.trim().slice(0, 100);
  if (!wanted) return undefined;
  return SEARCHED[entity].map((field) => `${field} contains ${quoted(wanted)}`).join(' or ');
}

/** Joins filters so that a record must meet all of them. */
export function allOf(...filters: (string | undefined)[]): string | undefined {
  const given = filters.filter((filter): filter is string => Boolean(filter?.trim()));
  if (given.length < 2) return given[0];
  return given.map((filter) => `(${filter})`).join(' and ');
}
