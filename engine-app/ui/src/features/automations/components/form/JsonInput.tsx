import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputProps } from './inputs';

/** A setting that is kept as JSON; taken over whenever it can be read. */
export function JsonInput({ setting, value, onChange }: InputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2));
  const [broken, setBroken] = useState(false);
  return (
    <Textarea
      label={setting.label}
      description={setting.help}
      required={setting.required ?? false}
      autosize
      minRows={3}
      maxRows={16}
      value={text}
      error={broken ? t('editor.notJson') : undefined}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        try {
          onChange(next.trim() === '' ? undefined : JSON.parse(next));
          setBroken(false);
        } catch {
          setBroken(true);
        }
      }}
    />
  );
}
