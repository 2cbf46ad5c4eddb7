export { everyTurn } from './every-turn.ts'
export * from './scripted-http.ts'
