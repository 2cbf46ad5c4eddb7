const redacted = '[redacted]'

/**
 * Text that must never be printed. Every way of turning it into text by accident gives a placeholder;
 * only the cipher, the document builder and a registry call open it with `reveal`.
 */
export class SecretText {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return redacted
  }

  toJSON(): string {
    return redacted
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return redacted
  }
}

export const secretText = (text: string): SecretText => new SecretText(text)
