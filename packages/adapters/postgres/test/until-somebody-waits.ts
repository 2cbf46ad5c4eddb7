const untilWaiting = (sessions: number): string => `do $$ begin
  while (
    select count(*) from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())) < ${String(sessions)} loop
    perform pg_sleep(0.01);
  end loop;
end $$`

/** A statement that ends when another session of the same database waits for an advisory lock. */
export const untilSomebodyWaitsForALock = untilWaiting(1)

/** The same for two of them. */
export const untilTwoWaitForLocks = untilWaiting(2)
