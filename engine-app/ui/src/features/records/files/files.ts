import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type Entity, singular } from '@/api/records';
import { act, get, upload, url } from '@/lib/http';

const fileSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number(),
  picture: z.boolean(),
  note: z.nullish(z.number()),
  createdAt: z.string(),
  createdBy: z.nullish(z.number()),
});
export type FileData = z.infer<typeof fileSchema>;

const schema = z.looseObject({ items: z.array(fileSchema) });

/** So long a file may be, in bytes. */
export const LONGEST = 25 * 1024 * 1024;

function filesKey(entity: Entity, id: number) {
  return [singular(entity), id, 'files'];
}

/** The files of a record and of its notes, newest first. */
export function useFiles(entity: Entity, id: number) {
  return useQuery({
    queryKey: filesKey(entity, id),
    queryFn: async () => (await get(schema, `/${entity}/${id}/files`)).items,
  });
}

/** Reads anew what tells of the files of a record. */
function filesChanged(client: QueryClient, entity: Entity, id: number) {
  void client.invalidateQueries({ queryKey: filesKey(entity, id) });
  void client.invalidateQueries({ queryKey: [singular(entity), id, 'timeline'] });
}

/** Where the browser shows a picture or saves any other file. */
export function addressOf(file: FileData): string {
  return url(`/files/${file.id}`, { inline: file.picture || undefined });
}

/** Uploads a file, to the record itself or to one of its notes. */
export function useUploadFile(entity: Entity, id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      file,
      note,
      onSent,
    }: {
      file: File;
      note?: number | undefined;
      onSent?: (part: number) => void;
    }) =>
      upload(
        fileSchema,
        note === undefined ? `/${entity}/${id}/files` : `/notes/${note}/files`,
        file,
        { name: file.name },
        onSent,
      ),
    onSettled: () => filesChanged(client, entity, id),
  });
}

/** Removes a file for good. */
export function useRemoveFile(entity: Entity, id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: FileData) => act('DELETE', `/files/${file.id}`),
    onSettled: () => filesChanged(client, entity, id),
  });
}
