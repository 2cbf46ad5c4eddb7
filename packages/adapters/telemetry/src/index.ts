export { makePrometheusMeter, type PrometheusMeter, type PrometheusMeterOptions } from './prometheus-meter.ts'
export { makeWinstonLogger, type WinstonLogger, type WinstonLoggerOptions } from './winston-logger.ts'
