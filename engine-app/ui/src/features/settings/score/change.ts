import type { ScoreChange, ScoreSettings } from './api';

/** The settings as they stand in the form; an empty text is a field that nothing is written in. */
export interface ScoreValues {
  fields: Record<string, number>;
  choices: Record<string, number | ''>;
  pointsPerView: number | '';
  websiteCap: number | '';
  display: 'percentage' | 'total';
}

export function valuesOf(settings: ScoreSettings): ScoreValues {
  const fields: Record<string, number> = {};
  for (const { field, percentage } of settings.fields) if (percentage != null) fields[field] = percentage;
  const choices: Record<string, number | ''> = {};
  for (const { choices: some } of settings.kinds)
    for (const { id, points } of some) choices[String(id)] = points ?? '';
  const { pointsPerView, websiteCap, display } = settings;
  return { fields, choices, pointsPerView, websiteCap, display };
}

export function changeOf(values: ScoreValues, version: number): ScoreChange {
  const choices: Record<string, number> = {};
  for (const [id, points] of Object.entries(values.choices)) if (points !== '') choices[id] = points;
  return {
    version,
    fields: values.fields,
    choices,
    pointsPerView: Number(values.pointsPerView),
    websiteCap: Number(values.websiteCap),
    display: values.display,
  };
}

export const sumOf = (values: ScoreValues) =>
  Object.values(values.fields).reduce((sum, percentage) => sum + percentage, 0);

/** What can be reached: all percentages, the highest score of each kind, and the website's cap (LEAD-150). */
export function maximumOf(settings: ScoreSettings, values: ScoreValues): number {
  const choices = settings.kinds.map(({ choices: some }) =>
    Math.max(0, ...some.map(({ id }) => Number(values.choices[String(id)] ?? 0))),
  );
  const website = Number(values.pointsPerView) > 0 ? Number(values.websiteCap) : 0;
  return sumOf(values) + choices.reduce((sum, points) => sum + points, 0) + website;
}
