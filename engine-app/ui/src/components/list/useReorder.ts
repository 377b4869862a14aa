import { type DragEvent, type KeyboardEvent, useState } from 'react';

/** A list with one entry moved to another place. */
export function moved<T>(all: readonly T[], from: number, to: number): T[] {
  const entry = all[from];
  if (entry === undefined || to < 0 || to >= all.length || from === to) return [...all];
  const rest = all.filter((_, index) => index !== from);
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}

/** Lets entries be put into another order by dragging their grips, or with the arrow keys on them. */
export function useReorder<T>(all: readonly T[], onOrder: (next: T[]) => void) {
  const [from, setFrom] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const end = () => {
    setFrom(null);
    setOver(null);
  };
  return {
    over,
    grip: (index: number) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', String(index));
        setFrom(index);
      },
      onDragEnd: end,
      onKeyDown: (event: KeyboardEvent) => {
        const to = event.key === 'ArrowUp' ? index - 1 : event.key === 'ArrowDown' ? index + 1 : null;
        if (to === null) return;
        event.preventDefault();
        event.stopPropagation();
        if (to >= 0 && to < all.length) onOrder(moved(all, index, to));
      },
    }),
    place: (index: number) => ({
      'data-over': over === index && from !== index ? '' : undefined,
      onDragOver: (event: DragEvent) => {
        if (from === null) return;
        event.preventDefault();
        setOver(index);
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        if (from !== null && from !== index) onOrder(moved(all, from, index));
        end();
      },
    }),
  };
}
