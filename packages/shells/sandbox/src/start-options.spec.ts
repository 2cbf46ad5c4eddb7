import { expect } from 'chai'
import { SandboxError } from './sandbox-error.ts'
import { readStartOptions } from './start-options.ts'

describe('the options of npm start', () => {
  it('are the known ports and the folder .sandbox where nothing is said', () => {
    expect(readStartOptions([], '/repository')).to.deep.equal({
      folder: '/repository/.sandbox',
      port: 8080,
      metricsPort: 8081,
      reset: false,
      access: 'static',
      help: false,
    })
  })

  it('say other ports, another folder, a fresh start', () => {
    expect(
      readStartOptions(
        ['--port', '9000', '--metrics-port=0', '--folder', 'other', '--reset', '--access', 'kubernetes'],
        '/repository',
      ),
    ).to.deep.equal({
      folder: '/repository/other',
      port: 9000,
      metricsPort: 0,
      reset: true,
      access: 'kubernetes',
      help: false,
    })
  })

  const wrong = {
    'an unknown option': ['--force'],
    'a stray word': ['reset'],
    'an option without its value': ['--folder'],
    'a flag with a value': ['--reset=yes'],
    'a port that is no number': ['--port', 'http'],
    'a port that is too high': ['--metrics-port', '65536'],
    'access of no known kind': ['--access', 'none'],
    'one port for both': ['--port', '8081'],
  }
  for (const [what, args] of Object.entries(wrong)) {
    it(`refuse ${what} in one sentence`, () => {
      expect(() => readStartOptions(args, '/repository')).to.throw(SandboxError, /^[^\n.]*(--[^\n]*)?\.$/)
    })
  }
})
