export { makePrometheusMeter, type PrometheusMeter, type PrometheusMeterOptions } from './prometheus-meter.ts'
export { makeWinstonLogger, type WinstonLoggerOptions } from './winston-logger.ts'
