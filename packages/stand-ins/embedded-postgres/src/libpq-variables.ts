/** https://www.postgresql.org/docs/current/libpq-envars.html, and two that only the driver `pg` reads. */
const variables = `
  PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD PGPASSFILE PGREQUIREAUTH PGCHANNELBINDING PGSERVICE
  PGSERVICEFILE PGOPTIONS PGAPPNAME PGSSLMODE PGREQUIRESSL PGSSLCOMPRESSION PGSSLCERT PGSSLKEY PGSSLCERTMODE
  PGSSLROOTCERT PGSSLCRL PGSSLCRLDIR PGSSLSNI PGSSLNEGOTIATION PGREQUIREPEER PGSSLMINPROTOCOLVERSION
  PGSSLMAXPROTOCOLVERSION PGGSSENCMODE PGKRBSRVNAME PGGSSLIB PGGSSDELEGATION PGCONNECT_TIMEOUT PGCLIENTENCODING
  PGTARGETSESSIONATTRS PGLOADBALANCEHOSTS PGMINPROTOCOLVERSION PGMAXPROTOCOLVERSION PGDATESTYLE PGTZ PGGEQO
  PGSYSCONFDIR PGLOCALEDIR PGREPLICATION PGBINARY MIKRO_ORM_CLIENT_URL`
  .trim()
  .split(/\s+/)

const nonsense: Readonly<Record<string, string>> = {
  ...Object.fromEntries(variables.map((name) => [name, 'nonsense'])),
  PGSSLMODE: 'require',
  PGOPTIONS: '-c search_path=nonsense',
}

/** Does something while every variable that a client of PostgreSQL may read is nonsense, but for the given ones. */
export const withLibpqVariables = async (
  act: () => Promise<void>,
  given: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const before = { ...process.env }
  Object.assign(process.env, nonsense, given)
  try {
    await act()
  } finally {
    for (const name of variables) {
      const value = before[name]
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    }
  }
}
