import { describe, expect, it } from 'vitest';
import { pathMarks } from './pathMarks';

const flows = [
  { id: 'f1', name: '', source: 'start', target: 'city' },
  { id: 'f2', name: 'Yes', source: 'city', target: 'tag' },
  { id: 'f3', name: 'No', source: 'city', target: 'wait' },
  { id: 'f4', name: '', source: 'tag', target: 'wait' },
];

describe('path of a run', () => {
  it('marks the steps, the chosen branch and where the run waits', () => {
    const steps = [
      { card: 'start', result: 'done' },
      { card: 'city', result: 'taken', branch: 'f2' },
      { card: 'tag', result: 'done' },
      { card: 'wait', result: 'waiting' },
    ];
    expect(pathMarks(steps, flows)).toEqual({
      start: 'taken',
      city: 'taken',
      tag: 'taken',
      wait: 'current',
      f1: 'taken',
      f2: 'taken',
      f4: 'taken',
    });
  });

  it('leaves out what the run waited for in vain, but not what somebody skipped', () => {
    const steps = [
      { card: 'start', result: 'done' },
      { card: 'city', result: 'skipped', message: 'Skipped by Asha Rao' },
      { card: 'wait', result: 'skipped' },
    ];
    expect(pathMarks(steps, flows)).toEqual({ start: 'taken', city: 'taken', f1: 'taken' });
  });

  it('marks a failed step', () => {
    expect(pathMarks([{ card: 'start', result: 'failed' }], flows)).toEqual({ start: 'failed' });
  });
});
