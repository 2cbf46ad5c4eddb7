import { expect } from 'chai'
import { connectionFaults } from './connection-faults.ts'
import { databaseFault } from './database-fault.ts'
import { faultClassOf } from './fault-class.ts'
import { sqlStateOf } from './sql-state.ts'
import { sqlStateClassFaults, sqlStateFaults } from './sql-state-faults.ts'

const place = { host: 'db.example', port: 6432, role: 'app', database: 'pull', caFile: '/tls/ca.pem' }
const withCode = (code: string) => Object.assign(new Error('canary password=canary'), { code })

interface Promised {
  readonly code: string
  readonly class: string
  readonly isLasting: boolean
  readonly names: RegExp
}

const table: ReadonlyArray<Promised> = [
  { code: '28P01', class: '28', isLasting: true, names: /password of role "app".*database\.url/ },
  { code: '28000', class: '28', isLasting: true, names: /role "app" into database "pull".*pg_hba/ },
  { code: '3D000', class: '3D', isLasting: true, names: /no database "pull".*database\.url/ },
  { code: '42501', class: '42', isLasting: true, names: /role "app" lacks a right in database "pull"/ },
  { code: '42P01', class: '42', isLasting: true, names: /schema of database "pull".*pull-secret migrate/ },
  { code: '26000', class: '26', isLasting: true, names: /pooler.*database\.prepared_statements/ },
  { code: '25006', class: '25', isLasting: false, names: /read-only/ },
  { code: '53100', class: '53', isLasting: false, names: /no disk space/ },
  { code: '53300', class: '53', isLasting: false, names: /too many connections.*database\.pool_size/ },
  { code: '55P03', class: '55', isLasting: false, names: /lock/ },
  { code: '57014', class: '57', isLasting: false, names: /database\.statement_timeout_seconds/ },
  { code: '57P03', class: '57', isLasting: false, names: /starting/ },
  { code: '08P01', class: '08', isLasting: false, names: /pooler.*08P01/ },
  { code: 'XX001', class: 'XX', isLasting: false, names: /internal error.*XX001/ },
  { code: 'ZZ999', class: 'other', isLasting: false, names: /ZZ999/ },
  { code: '99999', class: 'other', isLasting: false, names: /99999/ },
  { code: 'ECONNREFUSED', class: 'connection', isLasting: false, names: /nothing accepts connections.*database\.url/ },
  { code: 'ENOTFOUND', class: 'connection', isLasting: true, names: /host name db\.example is unknown.*database\.url/ },
  { code: 'EAI_AGAIN', class: 'connection', isLasting: false, names: /name server.*db\.example/ },
  { code: 'EPIPE', class: 'connection', isLasting: false, names: /lost/ },
  {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    class: 'connection',
    isLasting: true,
    names: /certificate.*not for db\.example/,
  },
  {
    code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    class: 'connection',
    isLasting: true,
    names: /\/tls\/ca\.pem.*database\.tls/,
  },
  { code: 'POOL_EXHAUSTED', class: 'pool', isLasting: false, names: /pool_size/ },
  { code: '55000', class: '55', isLasting: true, names: /allow_connections/ },
  { code: '42P07', class: '42', isLasting: true, names: /record of migrations/ },
  { code: 'CERT_HAS_EXPIRED', class: 'connection', isLasting: true, names: /expired/ },
]

const driverMessages: ReadonlyArray<readonly [string, string, boolean]> = [
  ['The server does not support SSL connections', 'TLS_NOT_OFFERED', true],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'PASSWORD_MISSING', true],
  ['Connection terminated due to connection timeout', 'CONNECT_TIMEOUT', false],
  ['timeout expired', 'CONNECT_TIMEOUT', false],
  ['timeout exceeded when trying to connect', 'POOL_EXHAUSTED', false],
  ['Query read timeout', 'QUERY_TIMEOUT', false],
  ['Connection terminated unexpectedly', 'CONNECTION_LOST', false],
]

describe('a fault of the database', () => {
  table.forEach(({ code, class: label, isLasting, names }) => {
    it(`is told for ${code}: what it is, where, and whether it passes`, () => {
      const fault = databaseFault(withCode(code), place)
      expect(fault).to.include({ code: code, isLasting })
      expect(fault.message).to.match(names)
      expect(faultClassOf(code)).to.equal(label)
    })
  })

  driverMessages.forEach(([message, code, isLasting]) => {
    it(`is told where the driver says only "${message}"`, () => {
      expect(databaseFault(new Error(message), place)).to.include({ code, isLasting })
      expect(faultClassOf(code)).to.equal(code === 'POOL_EXHAUSTED' ? 'pool' : 'connection')
    })
  })

  it('names host and port whatever happens, and repeats no text of the error', () => {
    const classes = Object.keys(sqlStateClassFaults).map((start) => `${start}Z9Z`)
    const codes = [...Object.keys(sqlStateFaults), ...classes, ...Object.keys(connectionFaults), 'ENEVERSEEN']
    for (const error of [...codes.map(withCode), new Error('canary'), withCode('ca nary'), 'canary', null, undefined]) {
      const { code, message } = databaseFault(error, place)
      expect(message).to.include('db.example:6432').and.not.to.match(/[{}]/)
      expect(code + message).not.to.include('canary')
    }
  })

  it('puts an IPv6 address into brackets', () => {
    expect(databaseFault(withCode('ECONNRESET'), { ...place, host: '::1' }).message).to.include('[::1]:6432')
  })

  it('has a SQLSTATE only where PostgreSQL gave one', () => {
    expect(['28P01', 'XX000', 'P0001', 'HV000', 'F0000'].map((code) => sqlStateOf({ code }) === code)).not.to.include(
      false,
    )
    expect(['EPIPE', 'EPERM', 'EBUSY', 'ENXIO', '2800', 28_000, undefined].map((code) => sqlStateOf({ code }))).to.eql(
      Array.from({ length: 7 }, () => undefined),
    )
  })
})
