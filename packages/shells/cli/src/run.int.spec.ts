import { readFileSync } from 'node:fs'
import { describeSettings } from '@pull-secret/config'
import { expect } from 'chai'
import { runCommand } from '../test/an-installation.ts'
import { exitCodes } from './failures/exit-codes.ts'

describe('the command line', () => {
  it('explains itself: commands, variables, examples and exit codes', async () => {
    const { code, stdout, stderr } = await runCommand(['--help'])
    expect([code, stderr]).to.deep.equal([0, ''])
    for (const command of [
      'serve',
      'migrate',
      'health',
      'generate',
      'get',
      'delete',
      'ban',
      'unban',
      'clusters',
      'registries',
      'replicas',
      'jobs',
      'stuck',
      'audit',
      'doctor',
      'keys',
      'tokens',
    ])
      expect(stdout).to.match(new RegExp(`^  ${command} `, 'm'))
    for (const number of Object.values(exitCodes)) expect(stdout).to.match(new RegExp(`^  ${String(number)}  \\w`, 'm'))
    expect(stdout).to.include('HYPERFLEET_PULL_SECRET_TOKEN_FILE').and.to.include('Examples:')
  })

  it('lists every setting at serve, and does not repeat them elsewhere', async () => {
    expect((await runCommand(['serve', '--help'])).stdout).to.include('--database-prepared-statements')
    expect((await runCommand(['get', '--help'])).stdout).not.to.include('--database-prepared-statements')
  })

  it('says of every setting at serve what it means, what it takes and what holds without it', async () => {
    const help = (await runCommand(['serve', '--help'])).stdout
    for (const { flag, variable, meaning, type, required, isLeftToMode, default: fallback } of describeSettings()) {
      const line = help.split('\n').find((one) => one.includes(flag === undefined ? `  ${variable} ` : `--${flag} `))
      const ofMode = isLeftToMode ? 'default: that of deployment.mode' : 'no default'
      const otherwise = fallback === undefined ? ofMode : `default: ${fallback}`
      expect(line, flag)
        .to.include(meaning)
        .and.include(type)
        .and.include(required ? 'required' : otherwise)
    }
  })

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      readonly version: string
    }
    expect(await runCommand(['--version'])).to.deep.equal({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('refuses what it does not know with the exit code of wrong use', async () => {
    for (const argv of [
      [],
      ['unknown'],
      ['get'],
      ['get', 'one', 'two'],
      ['get', 'one', '-o', 'xml'],
      ['jobs', 'run', 'nothing'],
      ['delete', 'one', '--timeout', '0'],
      ['ban', 'one'],
      ['registries'],
    ]) {
      const { code, stdout } = await runCommand(argv)
      expect([argv, code, stdout]).to.deep.equal([argv, 2, ''])
    }
  })

  it('refuses a flag that would have no effect, and says what it needs', async () => {
    for (const [argv, message] of [
      [['migrate', '--service-role', 'one'], '--service-role needs --print-roles'],
      [['migrate', '--dry-run', '--owner-role', 'one'], '--owner-role needs --print-roles'],
      [['migrate', '--print-roles', '--config', 'one.yaml'], '--print-roles and --config are mutually exclusive'],
      [['migrate', '--print-roles', '--server-port', '1'], '--print-roles and --server-port are mutually exclusive'],
      [['delete', 'cls-abc123', '--timeout', '5'], '--timeout needs --wait'],
      [['ban', 'cls-abc123', '--reason', 'x', '--timeout', '5'], '--timeout needs --wait'],
      [['keys', 'new', '--show-secret', '--standby'], '--standby needs --ring'],
      [['get', 'cls-abc123', '--token-file', 'one'], '--token-file needs a server'],
    ] as const) {
      const { code, stdout, stderr } = await runCommand(argv)
      expect([argv, code, stdout]).to.deep.equal([argv, 2, ''])
      expect(stderr).to.include(message)
    }
  })

  it('takes no token from the command line, and does not repeat one', async () => {
    for (const argv of [
      ['get', 'one', '--token=canary'],
      ['get', 'one', '--token', 'canary'],
    ]) {
      const { code, stdout, stderr } = await runCommand(argv)
      expect(code).to.equal(2)
      expect(stdout + stderr).not.to.include('canary')
    }
  })

  it('says everything that is wrong with the configuration, and none of its values', async () => {
    const { code, stderr } = await runCommand(['get', 'cls-abc123'], {
      env: { HYPERFLEET_DATABASE_URL: 'mysql://canary', HYPERFLEET_SERVER_PORT: 'canary' },
    })
    expect(code).to.equal(2)
    expect(stderr)
      .to.include('server.port')
      .and.to.include('database.url')
      .and.to.include('deployment.id')
      .and.not.to.include('canary')
  })

  it('tells a server that is not there from one that is not named well', async () => {
    const env = { HYPERFLEET_PULL_SECRET_TOKEN: 'synthetic' }
    expect((await runCommand(['get', 'cls-abc123', '--server', 'ftp://server.example'], { env })).code).to.equal(2)
    expect((await runCommand(['get', 'cls-abc123', '--server', 'https://server.example'])).code).to.equal(3)
  })
})
