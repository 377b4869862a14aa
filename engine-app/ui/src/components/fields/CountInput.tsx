import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

interface Props extends Omit<NumberInputProps, 'value' | 'onChange' | 'onBlur' | 'min' | 'allowDecimal'> {
  value: number;
  onChange: (value: number) => void;
}

/** A whole number from 1 on. While it is typed it may be empty; whoever leaves it so gets the last one back. */
export function CountInput({ value, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState<number | string>(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  return (
    <NumberInput
      {...rest}
      min={1}
      allowDecimal={false}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        if (typeof next === 'number' && next >= 1) onChange(next);
      }}
      onBlur={() => {
        if (typed === '') setTyped(value);
      }}
    />
  );
}
