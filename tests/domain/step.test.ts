import { expect, test } from 'vitest';
import { messageOf } from '../../domain/messages.ts';
import { refusedStep } from '../../domain/step.ts';
import { refuse } from '../../domain/verdict.ts';
import { opened } from '../support/cases.ts';

test.each([
  ['nothing', undefined, false],
  ['a text', '7001', false],
  ['a note that is none', { note_id: 'all' }, false],
  ['a note', { note_id: 7 }, true],
])(
  'a refusal of a signal that holds %s is told, with the note if there is one',
  (_, payload, isNoted) => {
    const sender = { message_id: 'm', at: '2026-01-01T00:00:00Z', by: null };
    const message = messageOf('cancel', payload as never, sender);
    const refusal = refuse(opened(), 'MESSAGE_UNUSABLE', 'No.');
    const { data } = refusedStep(opened(), message, refusal);
    expect(data).toMatchObject({ act: 'cancel', sentence: 'No.' });
    expect('note_id' in data).toBe(isNoted);
  },
);
