/** What a statement hears that comes after a failed one: never why that failed. */
const afterAFailure = '25P02';

/**
 * The answers of statements of one transaction that are sent without waiting for each
 * other: Postgres has the next one at hand while this process reads and prepares. All
 * of them end before this does, also where one fails: none may follow the rollback, in
 * which it would stand alone. Rejects with the failure that was the first.
 */
export async function sideBySide<T extends readonly unknown[]>(
  ...statements: { [K in keyof T]: Promise<T[K]> }
): Promise<T> {
  const ends = await Promise.allSettled(statements);
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  if (failures.length > 0)
    throw failures.find((failure) => failure?.code !== afterAFailure) ?? failures[0];
  return Promise.all(statements) as Promise<T>;
}
