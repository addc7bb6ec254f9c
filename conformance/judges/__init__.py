"""The outside judges, a module each: `judge(arguments)` yields verdicts or raises `Unable`."""
