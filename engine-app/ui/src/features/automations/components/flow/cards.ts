import type { NewCard } from '@/lib/bpmn/flowDraft';
import type { CardDescriptor } from '@/features/automations/api/getCatalogue';

const FAVOURITES = 'leadloom.cards.favourites';
const RECENT = 'leadloom.cards.recent';
const COPIED = 'leadloom.cards.copied';
const MOST_RECENT = 5;

/** What can be put on a connection; ends and jumps are set where a branch ends. */
const ELEMENTS = [
  'bpmn:serviceTask',
  'bpmn:exclusiveGateway',
  'bpmn:parallelGateway',
  'bpmn:eventBasedGateway',
  'bpmn:intermediateCatchEvent',
];

/** A card as it was copied, for this and other automations. */
export interface Copied {
  type: string;
  name: string;
  settings: Record<string, unknown>;
}

/** Only this browser remembers; where nothing can be kept, nothing is remembered. */
function kept<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(key);
    return text ? (JSON.parse(text) as T) : otherwise;
  } catch {
    return otherwise;
  }
}

function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: it works without.
  }
}

export const favourites = () => kept<string[]>(FAVOURITES, []);
export const recent = () => kept<string[]>(RECENT, []);
export const copied = () => kept<Copied | null>(COPIED, null);
export const copy = (card: Copied) => keep(COPIED, card);

export function toggleFavourite(type: string): string[] {
  const before = favourites();
  const next = before.includes(type) ? before.filter((other) => other !== type) : [...before, type];
  keep(FAVOURITES, next);
  return next;
}

export function used(type: string): void {
  keep(RECENT, [type, ...recent().filter((other) => other !== type)].slice(0, MOST_RECENT));
}

/** The cards that fit into a flow with this trigger (AUT-004, AUT-057). */
export function offered(cards: CardDescriptor[], trigger: string | undefined): CardDescriptor[] {
  return cards.filter(
    ({ element, triggers, withheld }) =>
      ELEMENTS.includes(element ?? '') &&
      !withheld &&
      (!triggers || trigger === undefined || triggers.includes(trigger)),
  );
}

interface Words {
  yes: string;
  no: string;
  otherwise: string;
  branch: (number: number) => string;
  timeOut: string;
}

/** A card of a type, with the settings that its description gives. */
export function newCard(card: CardDescriptor, words: Words, from?: Copied): NewCard {
  const preset = (card.fields ?? []).filter((field) => field.default != null);
  const settings = Object.fromEntries(preset.map((field) => [field.key, field.default]));
  return {
    type: card.type,
    element: card.element ?? 'bpmn:serviceTask',
    name: from?.name ?? card.label,
    settings: from?.settings ?? settings,
    branches: branches(card, words),
  };
}

function branches(card: CardDescriptor, words: Words): string[] {
  switch (card.type) {
    case 'condition.if-else':
      return [words.yes, words.no];
    case 'condition.multi-if-else':
      return [words.branch(1), words.branch(2), words.otherwise];
    case 'flow.parallel':
      return [words.branch(1), words.branch(2)];
    case 'flow.wait-for-event':
      return [card.label, words.timeOut];
    default:
      return [];
  }
}
