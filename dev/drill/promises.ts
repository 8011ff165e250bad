import { errorAnswer } from '../../api/answers.ts';
import { waitingFor } from '../../api/schemas/case.ts';
import { roles } from '../../domain/vocabulary.ts';
import { type CaseSeen, isOver } from './story.ts';

/** What must be right in every answer of the API, whatever dies meanwhile. */
type Answer = { status: number; retryAfter: string | null; body: unknown };

/** What is wrong with a refusal: people and programs must hear what it was, and when to come back; undefined where nothing is. */
export function faultOfRefusal({ status, retryAfter, body }: Answer): string | undefined {
  if (status < 400) return undefined;
  const answer = errorAnswer.safeParse(body);
  if (!answer.success || answer.data.error === '') return `answered ${status} without saying why`;
  if (status === 503 && !(Number(retryAfter) > 0)) return 'answered 503 without a Retry-After';
  return undefined;
}

/** Clocks of one machine, and a look that was under way. */
const toleranceMs = 1_000;
const arabic = /\p{Script=Arabic}/u;

/** What is not right in a look at a case, beside the look before it; undefined where all is: everybody sees why it waits, and whoever is waited for can do something. */
export function untruthIn(seen: CaseSeen, before: CaseSeen | undefined): string | undefined {
  if (seen.events.length < (before?.events.length ?? 0)) return 'has lost some of its story';
  if (isOver(seen)) return undefined;
  const wait = waitingFor.safeParse(seen.waiting_for);
  if (!wait.success) return `is ${seen.action_status}, and does not say what it waits for`;
  const { who, what, since, until, sentence } = wait.data;
  if (!arabic.test(sentence.ar) || sentence.en === '')
    return `waits for ${what} without a sentence for it`;
  if (Date.parse(since) > Date.now() + toleranceMs || until <= since)
    return `waits for ${what} since ${since} until ${until}`;
  const isStaff = roles.some((role) => role === who);
  const isAllowed = seen.allowed.some((act) => act.roles.includes(who));
  return isStaff && !isAllowed ? `waits for ${who}, who is allowed nothing` : undefined;
}
