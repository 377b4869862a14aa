import { type ChoiceKind, useChoiceColours } from '@/api/getChoices';
import classes from './ChoiceValue.module.css';

/** A choice of a classifying field with its colour. */
export function ChoiceValue({ kind, label }: { kind: ChoiceKind; label: string }) {
  const colour = useChoiceColours(kind).get(label);
  return colour ? (
    <span className={classes.choice}>
      <span className={classes.mark} style={{ background: colour }} aria-hidden />
      {label}
    </span>
  ) : (
    label
  );
}
