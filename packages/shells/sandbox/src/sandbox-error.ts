/** Why a sandbox does not start, in one sentence for a person. Never a secret. */
export class SandboxError extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'SandboxError'
  }
}
