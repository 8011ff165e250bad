import { expect, test } from 'vitest';
import { bytesOf } from '../../activities/text-bytes.ts';

test('texts that share memory stay what they are, however many come behind them', () => {
  const texts = Array.from({ length: 400 }, (_, n) => `${n} منى 📦 \ud800 `.repeat(1 + (n % 90)));
  texts.push('', 'منى'.repeat(200_000), 'the last');
  const bytes = texts.map(bytesOf);
  expect(bytes.map(String)).toEqual(texts.map((text) => text.toWellFormed()));
});
