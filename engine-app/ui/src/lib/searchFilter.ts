const SEARCHED = {
  leads: ['name', 'leadName', 'email', 'phone', 'company'],
  contacts: ['name', 'email', 'phone', 'mobile'],
  accounts: ['name', 'website', 'phone'],
  // By what identifies the contact, too (REV-010).
  opportunities: ['name', 'contact.name', 'contact.email', 'contact.phone', 'company', 'account.name'],
  tasks: ['title'],
  activities: ['subject'],
  notes: ['text'],
} as const;

/** Writes a text in double quotes as the filter grammar wants it. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** What is found by fields of which the reader sees none. */
const NOTHING = 'id = 0';

/** So many letters or digits a search needs (ENG-081). */
export const LEAST = 3;

export function enough(typed: string | undefined): boolean {
  return (typed?.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= LEAST;
}

/** As many tags as a search looks for beside the fields. */
const MOST_TAGS = 10;

/** The filter that finds records by tags whose names contain what a person typed (ENG-080). */
export function tagFilter(typed: string | undefined, tags: string[] | undefined): string | undefined {
  const wanted = typed?.trim().toLowerCase();
  if (!wanted || !tags) return undefined;
  const found = tags.filter((tag) => tag.toLowerCase().includes(wanted)).slice(0, MOST_TAGS);
  return found.map((tag) => `has tag ${quoted(tag)}`).join(' or ') || undefined;
}

/**
 * The filter that finds what a person types into a search box; undefined for nothing typed.
 *
 * @param also another filter that finds it too
 * @param seen whether the reader sees a field; a filter that names others is refused
 */
export function searchFilter(
  entity: keyof typeof SEARCHED,
  typed: string | undefined,
  also?: string | undefined,
  seen: (field: string) => boolean = () => true,
): string | undefined {
  const wanted = typed?.trim().slice(0, 100);
  if (!wanted) return undefined;
  const fields = SEARCHED[entity].filter(seen);
  const tests = fields.map((field) => `${field} contains ${quoted(wanted)}`);
  return [...tests, ...(also ? [also] : [])].join(' or ') || NOTHING;
}

/** Joins filters so that a record must meet all of them. */
export function allOf(...filters: (string | undefined)[]): string | undefined {
  const given = filters.filter((filter): filter is string => Boolean(filter?.trim()));
  if (given.length < 2) return given[0];
  return given.map((filter) => `(${filter})`).join(' and ');
}
