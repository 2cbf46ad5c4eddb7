/** A statement that ends when another session of the same database waits for an advisory lock. */
export const untilSomebodyWaitsForALock = `do $$ begin
  while not exists (
    select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())) loop
    perform pg_sleep(0.01);
  end loop;
end $$`
