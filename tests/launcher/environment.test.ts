import { expect, test } from 'vitest';
import { partEnvironment } from '../../dev/environment.ts';
import { loadSettings } from '../../dev/settings.ts';

const secrets = {
  postgres_password: 'password',
  bosta_api_key: 'a-key-that-is-long-enough-for-bosta',
  bosta_webhook_secret: 'a-secret-of-its-own-long-enough',
};

test('with the stand-in the platform is ready after its first sync, unless somebody will not wait', () => {
  const waits = (given: NodeJS.ProcessEnv) =>
    partEnvironment(given, loadSettings({}), secrets).config.WAIT_FOR_FIRST_SYNC;
  expect(waits({})).toBe(true);
  expect(waits({ WAIT_FOR_FIRST_SYNC: 'false' })).toBe(false);
});
