export interface SimulatedAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

export const jsonAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): SimulatedAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

export const emptyAnswer = (status: number): SimulatedAnswer => ({ status, headers: {}, body: '' })
