/** What goes back to a caller, before the headers that every answer has. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const jsonHeaders = { 'Content-Type': 'application/json; charset=utf-8' }

export const jsonAnswer = (status: number, body: object): Answer => ({
  status,
  headers: jsonHeaders,
  body: JSON.stringify(body),
})

export const emptyAnswer = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  body: '',
})
