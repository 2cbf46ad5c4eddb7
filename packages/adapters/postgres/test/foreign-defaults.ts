/** Settings of a role or a database that suit some other program, and would spoil the ledger. */
const foreignDefaults: Readonly<Record<string, string>> = {
  default_transaction_isolation: 'serializable',
  synchronous_commit: 'off',
  search_path: 'elsewhere',
  statement_timeout: `'50ms'`,
  lock_timeout: `'10ms'`,
  idle_in_transaction_session_timeout: `'20ms'`,
  datestyle: `'SQL, DMY'`,
  timezone: `'Asia/Kathmandu'`,
  intervalstyle: 'sql_standard',
  extra_float_digits: '-15',
  bytea_output: 'escape',
  standard_conforming_strings: 'off',
  client_min_messages: 'error',
}

/** The statements that make settings the defaults of whom they name, such as `role somebody`. */
export const setDefaults = (whose: string, settings = foreignDefaults): string =>
  Object.entries(settings)
    .map(([name, value]) => `alter ${whose} set ${name} = ${value}`)
    .join('; ')
