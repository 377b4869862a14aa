import { useQuery } from '@tanstack/react-query';
import { get } from '@/lib/http';
import { fetchRecords } from './listRecords';
import { type Entity, recordSchema, titleOf } from './records';

/** As many records as a page of the API holds at most. */
const MOST_AT_ONCE = 200;

interface Asked {
  id: number;
  resolve: (name: string) => void;
  reject: (error: unknown) => void;
}

/** What was asked for in the present moment. */
const waiting = new Map<Entity, Asked[]>();

/** The name of a record; all that are asked for in one moment, as by the rows of a list, are read with one call. */
export function fetchRecordName(entity: Entity, id: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = waiting.get(entity) ?? [];
    asked.push({ id, resolve, reject });
    waiting.set(entity, asked);
    if (asked.length === 1) setTimeout(() => void readWaiting(entity), 0);
  });
}

async function readWaiting(entity: Entity) {
  const asked = waiting.get(entity) ?? [];
  waiting.delete(entity);
  const [alone] = asked;
  if (alone && asked.length === 1) {
    await readOne(entity, alone);
    return;
  }
  const pieces: Asked[][] = [];
  for (let from = 0; from < asked.length; from += MOST_AT_ONCE) {
    pieces.push(asked.slice(from, from + MOST_AT_ONCE));
  }
  await Promise.all(pieces.map((piece) => readTogether(entity, piece)));
}

async function readTogether(entity: Entity, asked: Asked[]) {
  const ids = [...new Set(asked.map(({ id }) => id))];
  try {
    const page = await fetchRecords(entity, { filter: `id in (${ids.join(', ')})`, limit: MOST_AT_ONCE });
    const names = new Map(page.items.map((record) => [record.id, titleOf(entity, record)]));
    await Promise.all(
      asked.map((one) => {
        const name = names.get(one.id);
        // Records in the trash are in no list, but have a name.
        return name === undefined ? readOne(entity, one) : one.resolve(name);
      }),
    );
  } catch (error) {
    asked.forEach(({ reject }) => reject(error));
  }
}

async function readOne(entity: Entity, { id, resolve, reject }: Asked) {
  try {
    resolve(titleOf(entity, await get(recordSchema, `/${entity}/${id}`)));
  } catch (error) {
    reject(error);
  }
}

/** The name of a linked record; undefined while it is read, null when there is none. */
export function useRecordName(entity: Entity | undefined, id: number | undefined) {
  return useQuery({
    queryKey: ['name', entity, id],
    queryFn: () => (entity && id !== undefined ? fetchRecordName(entity, id) : null),
    enabled: entity !== undefined && id !== undefined,
    // A name that cannot be read stays a number; no reason to ask again and again.
    retry: false,
    staleTime: 5 * 60_000,
  }).data;
}
