const more = { per_minute: 6_000_000, per_second: 100_000 }

/** The section `rate_limits` of a service that one caller is to keep busy: more than any lane asks for. */
export const unlimitedCallers = { standard: more, unauthenticated: more }
