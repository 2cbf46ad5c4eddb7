export type { ReceivedSpan, TraceReceiver } from './start-trace-receiver.ts'
export { startTraceReceiver } from './start-trace-receiver.ts'
