/** A source of secrets whose next one a spec can choose. */
export const makeChosenNext = <Values extends ReadonlyArray<unknown>>(draw: (...values: Values) => string) => {
  let chosen: string | undefined
  return {
    draw: (...values: Values): string => {
      const next = chosen ?? draw(...values)
      chosen = undefined
      return next
    },
    choose: (text: string): void => {
      chosen = text
    },
  }
}
