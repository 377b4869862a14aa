import { useFields } from '@/api/getSchema';
import type { TableColumn } from '../api/calling';

/** The fields of columns, for inputs and values; of one that cannot be read only the type is known. */
export function useColumnFields() {
  const fields = useFields('leads').data ?? [];
  return (column: TableColumn) =>
    fields.find((field) => field.key === column.field) ?? {
      key: column.field,
      label: column.label,
      type: column.type.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    };
}
