import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Entity, singular } from '@/api/records';
import { act } from '@/lib/http';

export interface NewField {
  key: string;
  label: string;
  type: string;
  mandatory: boolean;
  unique: boolean;
  filterable: boolean;
  options?: string[];
  link?: string;
}

export function useCreateField(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (field: NewField) => act('POST', `/schema/${singular(entity)}/fields`, field),
    onSuccess: () => client.invalidateQueries({ queryKey: ['schema'] }),
  });
}

export function useDeleteField(entity: Entity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => act('DELETE', `/schema/${singular(entity)}/fields/${key}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['schema'] }),
  });
}

/** A key in lower camel case from the label that a person typed. */
export function keyFrom(label: string): string {
  const words = label
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .filter(Boolean);
  const key = words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('');
  return /^\d/.test(key) ? `f${key}` : key;
}
