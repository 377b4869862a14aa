import { useQuery } from '@tanstack/react-query';
import { fetchRecords } from './listRecords';
import { type Entity, titleOf } from './records';

type Waiting = Map<number, ((name: string | undefined) => void)[]>;
const waiting = new Map<Entity, Waiting>();

async function flush(entity: Entity): Promise<void> {
  const asked = waiting.get(entity);
  waiting.delete(entity);
  if (!asked) return;
  const ids = [...asked.keys()];
  for (let from = 0; from < ids.length; from += 100) {
    const some = ids.slice(from, from + 100);
    const names = new Map<number, string>();
    try {
      const page = await fetchRecords(entity, { filter: `id in (${some.join(', ')})`, limit: 100 });
      for (const item of page.items) names.set(item.id, titleOf(entity, item));
    } catch {
      // The id is shown instead of the name.
    }
    for (const id of some) for (const answer of asked.get(id) ?? []) answer(names.get(id));
  }
}

/** Asks for the names of linked records, many of them with one call. */
function loadName(entity: Entity, id: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let asked = waiting.get(entity);
    if (!asked) {
      asked = new Map();
      waiting.set(entity, asked);
      setTimeout(() => void flush(entity), 10);
    }
    asked.set(id, [...(asked.get(id) ?? []), resolve]);
  });
}

export function useRecordName(entity: Entity | undefined, id: number | undefined) {
  return useQuery({
    queryKey: ['name', entity, id],
    queryFn: async () => (entity && id !== undefined ? ((await loadName(entity, id)) ?? null) : null),
    enabled: entity !== undefined && id !== undefined,
    staleTime: 5 * 60_000,
  }).data;
}
