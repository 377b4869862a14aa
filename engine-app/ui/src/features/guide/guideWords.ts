/** The parts of a page in the order in which a guide shows them; elements name theirs in data-guide. */
export const PARTS = [
  'head',
  'nav',
  'search',
  'figures',
  'starts',
  'tabs',
  'filters',
  'facts',
  'events',
  'belongings',
  'content',
  'actions',
] as const;
export type Part = (typeof PARTS)[number];

/** What guides say in one language. */
export interface GuideWords {
  next: string;
  back: string;
  done: string;
  progress: string;
  /** Where a page has nothing to be led through. */
  none: string;
  /** When the data is missing that a step would show. */
  nothing: string;
  titles: Record<Exclude<Part, 'head'>, string>;
  /** What a page without words of its own says of its parts. */
  any: Partial<Record<Part, string>>;
  pages: Record<string, Partial<Record<Part, string>>>;
}
