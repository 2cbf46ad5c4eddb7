/**
 * That a row `r` waits for somebody, where `$1` are the problems that somebody has to mend. The first condition is that
 * of the index. A stuck row may have lost its problem since.
 */
export const isTroubled = `r.state <> 'revoked' and (r.problem is not null or r.stuck_since is not null)
    and (r.stuck_since is not null or (r.state in ('intended', 'revoking') and r.problem = any($1::text[])))`
