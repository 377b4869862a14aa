import { createContext, useContext } from 'react';

/** Whether the row of a list around this is the one that the tab key comes to. */
export const RowFocus = createContext(false);

/** The tabIndex of a button in a row: the tab key comes to those of one row only, the arrow keys to its row. */
export function useRowTab(): 0 | -1 {
  return useContext(RowFocus) ? 0 : -1;
}
