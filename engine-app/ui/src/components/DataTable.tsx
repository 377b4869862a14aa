import { Table, type TableTrProps } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './DataTable.module.css';

export interface DataColumn<T> {
  key: string;
  label: string;
  cell: (item: T) => ReactNode;
  numeric?: boolean;
  width?: number | string;
}

interface Props<T> {
  label: string;
  columns: DataColumn<T>[];
  items: T[];
  rowKey: (item: T) => string | number;
  selected?: (item: T) => boolean;
  /** What else the row of an item is told. */
  row?: (item: T, index: number) => TableTrProps;
}

/** A short table; on a phone each row becomes a card with its labels. */
export function DataTable<T>({ label, columns, items, rowKey, selected, row }: Props<T>) {
  return (
    <Table aria-label={label} className={classes.table} verticalSpacing={6} horizontalSpacing="sm" fz="sm">
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column.key} w={column.width} data-numeric={column.numeric || undefined}>
              {column.label}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item, index) => (
          <Table.Tr key={rowKey(item)} data-selected={selected?.(item) || undefined} {...row?.(item, index)}>
            {columns.map((column) => (
              <Table.Td key={column.key} data-label={column.label} data-numeric={column.numeric || undefined}>
                {column.cell(item)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
