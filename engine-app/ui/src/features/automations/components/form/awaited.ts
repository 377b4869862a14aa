/** What can happen to a record while a run waits; the others start runs only. */
const AWAITED =
  /^((lead|contact|account)\.updated|opportunity\.(?!created)|activity\.|task\.|list\.(added|removed)|tag\.)/;

const ROOTS = ['opportunity', 'lead', 'contact', 'account'];

/** The kinds of record that runs of a trigger can be about. */
function rootsOf(trigger: string): string[] {
  const about = trigger.split('.')[0] ?? '';
  if (about === 'activity' || about === 'task') return ['lead', 'contact', 'account'];
  return ROOTS.includes(about) ? [about] : ROOTS;
}

/** Whether runs that this trigger starts can hear the event; a wait for another one is refused when it is published. */
export function canHear(trigger: string | undefined, event: string): boolean {
  if (!AWAITED.test(event)) return false;
  // Activities and tasks are heard of whatever record they belong to.
  if (trigger === undefined || /^(activity|task)\./.test(event)) return true;
  return rootsOf(event).some((root) => rootsOf(trigger).includes(root));
}
